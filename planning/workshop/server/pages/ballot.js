'use strict';
/* The ballot on a phone: sends by itself until it is counted, keeps what is not sent, follows the room. Without it the page is a plain form. */
(function () {
  var body = document.body, words = body.dataset, version = words.version, sending = false, lost = 0, timer;
  var kept = window.sessionStorage, $ = function (id) { return document.getElementById(id); };
  function each(list, act) { Array.prototype.forEach.call(list, act); }
  function put(text, values) { return text.replace(/\{(\w+)\}/g, function (all, name) { return name in values ? values[name] : all; }); }
  function say(text) { $('heard').textContent = text; }
  function line(text) { if ($('line').textContent !== text) $('line').textContent = text; }
  function note(text, kind, focus) {
    var said = $('said'); if (!said) return;
    said.className = 'told ' + kind; said.setAttribute('role', kind === 'bad' ? 'alert' : 'status'); said.textContent = text;
    if (focus) { said.focus({preventScroll: true}); said.scrollIntoView({block: 'start'}); }
  }
  function key() { return 'draft ' + $('main').dataset.round; }
  function keep(text) { try { if (text === null) kept.removeItem(key()); else kept.setItem(key(), text); } catch (error) { /* a phone that keeps nothing */ } }

  /* What was filled in */
  function filled(form) {
    var parts = [];
    each(form.elements, function (field) {
      if (!field.name || ((field.type === 'radio') && !field.checked)) return;
      parts.push(encodeURIComponent(field.name) + '=' + encodeURIComponent(field.value));
    });
    return parts.join('&');
  }
  function refill(form, text) {
    text.split('&').forEach(function (part) {
      var name = decodeURIComponent(part.split('=')[0]), value = decodeURIComponent(part.split('=')[1] || '');
      if (name === 'form' || name === 'round') return;
      each(form.elements, function (field) {
        if (field.name !== name) return;
        if (field.type === 'radio') field.checked = field.value === value; else field.value = value;
      });
    });
  }

  /* As whom one speaks is asked once; only this phone remembers it */
  function spoken(form) {
    var group = null; try { group = kept.getItem('group'); } catch (error) { return; }
    each(form.querySelectorAll('input[name=group]'), function (field) { if (group) field.checked = field.value === group; });
  }
  function speak(form) {
    var field = form.querySelector('input[name=group]:checked');
    try { if (field) kept.setItem('group', field.value); } catch (error) { /* a phone that keeps nothing */ }
  }

  /* Numbers that are shared out */
  function meter(form) {
    var total = Number(form.dataset.total), given = 0, left = $('left'), bar = $('given');
    if (!left) return;
    each(form.querySelectorAll('input[type=number]'), function (field) { given += Number(field.value) || 0; });
    given = Math.round(given * 1000) / 1000;
    left.textContent = given > total ? put(words.over, {n: given - total}) : given < total ? put(words.left, {n: total - given}) : words.even;
    left.className = given > total ? 'over' : '';
    bar.hidden = false; bar.value = Math.min(given, total);
  }
  function step(button, form) {
    var field = button.parentNode.querySelector('input'), by = Number(button.dataset.by), now = Number(field.value) || 0;
    field.value = Math.max(Number(field.min), Math.min(Number(field.max), now + by));
    field.dispatchEvent(new Event('input', {bubbles: true}));
    var name = form.querySelector('label[for=' + field.id + ']').textContent;
    say(name + ': ' + field.value);
  }

  /* Places of a ranking: a place that is taken changes hands */
  function places() { return Array.prototype.slice.call(document.querySelectorAll('#ranks select')); }
  function highest() { return places()[0].options.length - 1; }
  function take(field, place) {
    var before = field.dataset.before || '';
    places().forEach(function (other) { if (other !== field && place && other.value === place) { other.value = before; other.dataset.before = before; } });
    field.value = place; field.dataset.before = place;
    say(place ? put(words.place, {name: field.closest('li').dataset.name, n: place}) : put(words.noplace, {name: field.closest('li').dataset.name}));
  }
  function move(button) {
    var field = button.parentNode.querySelector('select'), by = Number(button.dataset.move), now = Number(field.value), place;
    var taken = places().filter(function (other) { return other.value; }).length;
    if (!now) place = by < 0 ? Math.min(taken + 1, highest()) : highest();
    else place = Math.max(1, Math.min(highest(), now + by));
    take(field, String(place)); sorted(); button.focus();
    field.dispatchEvent(new Event('input', {bubbles: true}));
  }
  function sorted() {
    var list = $('ranks'), rows = Array.prototype.slice.call(list.children);
    rows.sort(function (a, b) { return (Number(a.querySelector('select').value) || 999) - (Number(b.querySelector('select').value) || 999); });
    rows.forEach(function (row) { list.appendChild(row); });
  }

  /* Many questions: one at a time */
  function paged(form) {
    var box = $('pages'), at = 0; if (!box || box.children.length <= Number(box.dataset.most)) return;
    var sets = Array.prototype.slice.call(box.children), bar = document.createElement('p'), back = document.createElement('button');
    var next = document.createElement('button'), where = document.createElement('span');
    bar.className = 'pager'; back.type = next.type = 'button'; back.textContent = box.dataset.earlier; next.textContent = box.dataset.later;
    next.id = 'next'; back.id = 'back';
    function show(move) {
      at = Math.max(0, Math.min(sets.length - 1, at + move));
      sets.forEach(function (set, n) { set.hidden = n !== at; });
      where.textContent = put(words.of, {n: at + 1, all: sets.length});
      back.disabled = at === 0; next.disabled = at === sets.length - 1;
      if (move) { var first = sets[at].querySelector('input:checked') || sets[at].querySelector('input'); first.focus(); }
    }
    back.onclick = function () { show(-1); }; next.onclick = function () { show(1); };
    bar.appendChild(back); bar.appendChild(where); bar.appendChild(next); box.after(bar);
    for (var n = 0; n < sets.length - 1 && sets[n].querySelector('input:checked'); n++) at = n + 1;
    if (sets[at].querySelector('input:checked')) at = 0;
    show(0);
  }

  /* Ideas */
  function letters(field) {
    var left = Number(field.dataset.most) - Array.from(field.value.trim().replace(/\s+/g, ' ')).length;
    var text = $(field.getAttribute('aria-describedby'));
    text.textContent = left < 0 ? put(words.long, {n: -left}) : put(words.letters, {n: left});
    text.className = left < 0 ? 'over' : 'quiet';
  }
  function more(form) {
    var button = $('more'), ideas = form.querySelectorAll('.idea'), shown = 1; if (!button) return;
    each(ideas, function (idea, n) { if (idea.querySelector('textarea').value) shown = n + 1; });
    function show() { each(ideas, function (idea, n) { idea.hidden = n >= shown; }); button.hidden = shown >= ideas.length; }
    button.onclick = function () { shown += 1; show(); ideas[shown - 1].querySelector('textarea').focus(); };
    show();
  }

  /* Sending until it is counted */
  function send(form, tries) {
    var text = filled(form); sending = true; keep(text); if (!tries) note(words.sending, '', false);
    $('send').disabled = true;
    fetch('/vote', {method: 'POST', headers: {'Content-Type': 'application/x-www-form-urlencoded', 'Accept': 'application/json'}, body: text, credentials: 'same-origin'})
      .then(function (answer) { if (answer.status >= 500 || answer.status === 429) throw answer; return answer.json(); })
      .then(function (answer) { done(form, answer); },
        function () { note(words.again, 'bad', !tries); setTimeout(function () { if (document.contains(form)) send(form, tries + 1); else sending = false; }, pause(tries)); });
  }
  function done(form, answer) {
    sending = false; $('send').disabled = false;
    if (answer.counted) { keep(null); speak(form); $('main').dataset.own = '1'; $('send').textContent = answer.button; }
    note(answer.text, answer.counted ? 'good' : 'bad', true);
    if (answer.version && answer.version !== version) follow();
  }
  function pause(tries) { return Math.min(15000, 800 * Math.pow(1.7, tries)) * (0.8 + 0.4 * Math.random()); }

  /* Following the room */
  function follow() {
    if (sending) return later(500);
    fetch('/', {credentials: 'same-origin'}).then(function (answer) { return answer.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, 'text/html'), main = page.getElementById('main'), old = $('main');
      var same = main.dataset.round === old.dataset.round && main.dataset.state === old.dataset.state, form = $('ballot');
      if (form && main.dataset.round === old.dataset.round) keep(filled(form));
      version = page.body.dataset.version; document.title = page.title;
      old.replaceWith(document.importNode(main, true)); begin();
      if (!same) { var head = $('main').querySelector('h1'); say(page.title); if (head) { window.scrollTo(0, 0); $('main').focus({preventScroll: true}); } }
    }).catch(function () { later(2000); });
  }
  function look() {
    fetch('/state', {credentials: 'same-origin', headers: {'Accept': 'application/json'}}).then(function (answer) {
      if (answer.status === 401) { window.location.replace('/'); throw answer; }
      if (!answer.ok) throw answer;
      return answer.json();
    }).then(function (state) {
      if (lost > 1) { line(''); say(words.back); }
      lost = 0; if (state.version !== version) follow();
      later(document.hidden ? 5000 : 1000 + 400 * Math.random());
    }).catch(function () { lost += 1; if (lost > 1) line(words.lost); later(pause(lost)); });
  }
  function later(time) { clearTimeout(timer); timer = setTimeout(look, time); }

  function begin() {
    var form = $('ballot'), draft = null; if (!form) return;
    try { draft = kept.getItem(key()); } catch (error) { draft = null; }
    if (draft) refill(form, draft); else spoken(form);
    each(form.querySelectorAll('button[hidden].by'), function (button) { button.hidden = false; });
    places().forEach(function (field) { field.dataset.before = field.value; field.onchange = function () { take(field, field.value); }; });
    if ($('ranks')) sorted();
    each(form.querySelectorAll('textarea'), letters);
    meter(form); more(form); paged(form);
    form.oninput = function (event) { if (event.target.tagName === 'TEXTAREA') letters(event.target); meter(form); keep(filled(form)); };
    form.onclick = function (event) { var b = event.target; if (b.dataset && b.dataset.by) step(b, form); else if (b.dataset && b.dataset.move) move(b); };
    form.onsubmit = function (event) { event.preventDefault(); if (!sending) send(form, 0); };
  }

  var go = document.querySelector('form[data-go]');
  if (go) go.submit();
  if (!version) return;
  begin(); later(1000);
  document.addEventListener('visibilitychange', function () { if (!document.hidden) later(0); });
  window.addEventListener('online', function () { later(0); });
})();
