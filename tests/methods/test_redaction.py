"""Redaction: what points to a person goes, ordinary words stay."""

import csv

import pytest
from conftest import ROOT

from planning.methods.redaction import cleaned

PLANTED = {"riverbend_public": {"F067", "F091", "F093"}, "northfield_university": {"F035", "F081", "F084"}, "calder_research": {"F068", "F084"}}


@pytest.mark.parametrize("remark", [
    "Please open on Sunday afternoons", "The Wi-Fi drops at 10:30 on Tuesdays", "I paid $12.50 in May 2024 for a card", "Opening hours 9.30-17.00 are too short",
    "It was better in 2019-2021 than now", "I am English and I am Deaf", "My name is on the list but nobody called", "Ask for help at the desk", "We waited from 10:00-12:00 on 14.02.2025",
    "There were 1,200 people and 150000 loans", "The lift is broken since 2025-01-14", "Thank you for the Spanish story hour", "A 20 minute drive to the next branch",
    "Thanks to the Friday team", "The PC in room B. Next time I bring mine", "I miss Monday storytime", "We need plan B. Please think of one", "Books by women, in French and Arabic",
    "In New York they open at eight", "The U.S. Congress papers", "Read chapters 10, 11 and 12", "It costs 12 000 euros a year", "ISBN 978-0-306-40615-7 is missing", "Pages 100-120 are missing",
    "Open 24/7 in exam weeks", "I'm a mother of two", "I am Ukrainian and my English is new", "On 3 May 2025 the toilet was closed", "Room 101, 2nd floor, at 5 pm", "About 30 to 40 people, 3.5 stars",
    "The computer has Windows 11 and Microsoft Office 2021", "Bitte am Samstag Nachmittag länger öffnen, das ist für die Familien besser", "DON'T CALL ME", "€ 36.357,74 is much money",
])
def test_ordinary_remarks_stay_as_they_are(remark):
    assert cleaned(remark).text == remark
    assert cleaned(remark).found == ()


@pytest.mark.parametrize(("remark", "left"), [
    ("My name is Łucja Wiśniewska", "My name is [name]"), ("ask for Renée, she knows", "ask for [name], she knows"), ("Mi nombre es José Núñez", "Mi nombre es [name]"),
    ("Mrs O'Brien was kind", "Mrs [name] was kind"), ("mrs smith helped me", "mrs [name] helped me"), ("It was Dr. van der Berg", "It was Dr. [name]"), ("a lady, Jane Miller, at the desk", "a lady, [name], at the desk"),
    ("Jane Miller at the desk was rude", "[name] at the desk was rude"), ("my son Tom loves it", "my son [name] loves it"), ("Thanks to Maria at the desk", "Thanks to [name] at the desk"),
    ("J. Miller said no", "[name] said no"), ("The trainer Anna-Lena de la Cruz", "The trainer [name]"), ("I am Jane", "I am [name]"), ("Regards, Ola", "Regards, [name]"),
    ("Call me on +48 600 123 456 or 555-0142", "Call me on [number] or [number]"), ("my card number is 2 1234 00123 4567", "my card number is [number]"), ("card 20931457", "card [number]"),
    ("Tel. (555) 010-1234", "Tel. [number]"), ("06.12.34.56.78", "[number]"), ("student id AB12345", "student id [number]"), ("write to jane.doe@example.org", "write to [e-mail]"),
    ("jane at example dot org", "[e-mail]"), ("see www.example.org/x", "see [web address]"), ("@bookworm_99 wrote", "[handle] wrote"), ("I live at 12 Mill Street", "I live at [address]"), ("sent to 12/4 Oak Close", "sent to [address]"),
    ("my postcode is AB1 2CD", "my postcode is [address]"), ("ul. Długa 7 is far", "[address] is far"), ("Hauptstraße 12", "[address]"), ("12 rue de la Paix", "[address]"),
    ("born 12/03/1984", "born [date of birth]"), ("DOB: 3 March 1990", "DOB: [date of birth]"),
])
def test_what_points_to_a_person_gives_way_to_a_mark(remark, left):
    assert cleaned(remark).text == left


def test_what_was_found_is_told_with_its_place_and_cleaning_twice_changes_nothing():
    remark = "Ring 555 0142 for Mrs Adamska"
    once = cleaned(remark)

    assert [(trace.kind, remark[trace.start:trace.end]) for trace in once.found] == [("number", "555 0142"), ("name", "Adamska")]
    assert cleaned(once.text) == (once.text, ())


def test_known_names_of_places_and_bodies_stay():
    remark = "We met at the Meadow Vale near Penwick Hollow"

    assert cleaned(remark).text == "We met at the [name] near [name]"
    assert cleaned(remark, known=["Meadow Vale branch", "Penwick Hollow"]).text == remark
    assert cleaned("at the Toronto Public Reader", known=["Reader"]).found == ()


@pytest.mark.parametrize("remark", ["anna at the desk was kind", "ANNA MILLER AT THE DESK", "the only trainee on the second floor", "Danke an die nette Frau am Tisch, das war sehr gut"])
def test_what_the_docstring_says_it_misses_is_missed_so_a_person_has_to_read(remark):
    assert cleaned(remark).found == ()


@pytest.mark.parametrize("name", PLANTED)
def test_the_comments_of_the_samples_lose_nothing_but_what_was_planted(name):
    with open(ROOT / "data" / name / "feedback.csv", encoding="utf-8", newline="") as file:
        found = {row["feedback"] for row in csv.DictReader(file) if cleaned(row["comment"]).found or cleaned(row["response"]).found}

    assert found == PLANTED[name]
