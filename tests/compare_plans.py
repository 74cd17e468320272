"""Small plans for tests of comparisons: two goals, three services, four initiatives."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from planning.model import create, schema, settings
from planning.model.plan import Plan, open_plan

FACTS = {"library": "Mill Library", "kind": "public", "leadership": "Board of Trustees", "currency": "USD", "money_ceiling": 30, "fte_ceiling": 1}
GOALS = "goal,name,weight,valid_from\nG1,Every child reads,0.6,2025-01-01\nG2,People find work,0.4,2025-01-01\n"
TABLES = {
    "goals": GOALS,
    "services": "service,name,form,status,essential\nS1,Storytime,physical,running,false\nS2,Job desk,physical,running,false\nS3,Copier,physical,running,false\n",
    "alignment": "service,goal,strength\nS1,G1,0.5\nS1,G2,0.1\nS2,G2,0.8\n",
    "initiatives": "initiative,name,status,cost,hours,must_do\nI1,Reading tutors,candidate,20,10,false\nI2,Job evenings,candidate,20,10,false\nI3,Paint,candidate,10,5,false\n",
    "initiative_goals": "initiative,goal,contribution\nI1,G1,0.6\nI2,G2,0.7\nI3,G1,0.1\n",
    "objectives": "objective,goal,statement,level\nO1,G1,Raise attendance,outcome\n",
    "kpis": "kpi,name,objective,unit,level,timing,direction,frequency,baseline,baseline_period,target,due\nK1,Attendance,O1,people,outcome,lagging,up,yearly,100,2024,200,2027-12-31\n",
    "kpi_values": "kpi,period,value\nK1,2024,100\nK1,2025,150\n",
    "budget": "line,name,fiscal_year,category,service,planned,actual\nB1,Storytime,2025,programmes,S1,60,60\nB2,Job desk,2025,programmes,S2,40,40\n",
    "usage": "service,period,uses\nS1,2025,30\nS2,2025,20\n",
    "audiences": "audience,name,kind,inclusion\nA1,Families,patrons,false\n",
    "roles": "role,name,fte\nR1,Librarian,1\n",
    "messages": "message,audience,text,channel,goal,kpi,owner,date,status\nM1,A1,Attendance reached 150,poster,G1,K1,R1,2026-02-01,approved\n",
}
KEYS = {name: table.key for name, table in schema.tables().items()}


def mill(folder: Path, **tables: str) -> Plan:
    """A small plan on 31 January 2026, with some tables put in place of its own."""
    place = create.new_plan(folder, FACTS | {"as_of": dt.date(2026, 1, 31)})
    for name, text in (TABLES | tables).items():
        (place / f"{name}.csv").write_text(text, encoding="utf-8")
    return open_plan(place)


def changed(plan: Plan, *texts: str) -> Plan:
    """The plan with numbers set anew."""
    return settings.applied(plan, texts)[0]
