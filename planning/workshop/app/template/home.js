'use strict';
/* The facilitator's home page: the clock of the agenda, notes folded away but for what is on, and whether the workshop still runs. */
(function () {
  var words = document.body.dataset, line = document.getElementById('line'), lost = 0, shown = null;
  function put(text, values) { return Object.keys(values).reduce(function (made, name) { return made.replace('{' + name + '}', values[name]); }, text); }
  function minutes(text) { var parts = text.split(':'); return 60 * Number(parts[0]) + Number(parts[1]); }
  function two(n) { return (n < 10 ? '0' : '') + n; }

  /* The times of an item are the two that stand in its heading. */
  var items = Array.prototype.map.call(document.querySelectorAll('.agenda .item'), function (node) {
    var head = node.querySelector('h3'), times = head.querySelector('.time').textContent.match(/\d{1,2}:\d{2}/g);
    var notes = document.createElement('details'), name = document.createElement('summary');
    name.textContent = words.more;
    name.setAttribute('aria-label', words.more + ': ' + head.querySelector('.title').textContent);
    notes.append(name);
    while (head.nextSibling) notes.append(head.nextSibling);
    if (notes.textContent.trim() !== words.more) node.append(notes);
    return {node: node, notes: notes, begin: times[0], end: times[1], title: head.querySelector('.title').textContent};
  });
  function open(item) { var meeting = item.node.closest('.plan > details'); return !meeting || meeting.open; }

  function tick() {
    var now = new Date(), at = 60 * now.getHours() + now.getMinutes(), mine = items.filter(open), on = null, text;
    mine.forEach(function (item) {
      var past = minutes(item.end) <= at;
      item.node.classList.toggle('past', past);
      item.node.classList.remove('on'); item.node.removeAttribute('aria-current');
      if (!past && minutes(item.begin) <= at) on = item;
    });
    document.getElementById('time').textContent = two(now.getHours()) + ':' + two(now.getMinutes());
    if (on) {
      var next = mine[mine.indexOf(on) + 1];
      on.node.classList.add('on'); on.node.setAttribute('aria-current', 'true');
      text = on.title + (/[?!.]$/.test(on.title) ? ' ' : '. ') + put(words.now, {end: on.end}) + ' (' + put(words.left, {minutes: minutes(on.end) - at}) + '). ' + (next ? put(words.next, {title: next.title}) : '');
    } else if (mine.length) {
      text = at < minutes(mine[0].begin) ? put(words.early, {begin: mine[0].begin}) : words.over;
    }
    if (on !== shown) { if (shown) shown.notes.open = false; if (on) on.notes.open = true; shown = on; }
    document.getElementById('now').textContent = text || '';
  }

  function look() {
    fetch('state').then(function (answer) { if (!answer.ok) throw answer; return answer.json(); }).then(function (state) {
      lost = 0; line.textContent = '';
      if (state.code !== words.code) window.location.reload();
    }, function () { lost += 1; if (lost > 1) line.textContent = words.away; });
  }
  document.querySelectorAll('.plan > details').forEach(function (meeting) { meeting.addEventListener('toggle', tick); });
  tick(); setInterval(tick, 5000); setInterval(look, 4000);
})();
