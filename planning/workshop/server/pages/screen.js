'use strict';
/* The projector page: the count follows at once, the rest when the room moves on. */
(function () {
  var body = document.body, version = body.dataset.version, code = body.dataset.code, lost = 0, count = null;
  var base = window.location.pathname.replace(/screen$/, '');
  function line(text) { var at = document.getElementById('line'); if (at.textContent !== text) at.textContent = text; }
  /* A long result is drawn smaller, as far as the back of the room can still read it. */
  function fit() {
    var box = document.getElementById('fit'), size = 1;
    if (!box) return;
    box.style.zoom = '';
    while (size > 0.72 && document.documentElement.scrollHeight > window.innerHeight) { size -= 0.04; box.style.zoom = String(size); }
  }
  function redraw() {
    return fetch(base + 'screen').then(function (answer) { if (!answer.ok) throw answer; return answer.text(); }).then(function (text) {
      var page = new DOMParser().parseFromString(text, 'text/html');
      version = page.body.dataset.version; code = page.body.dataset.code; body.dataset.live = page.body.dataset.live; document.title = page.title;
      document.getElementById('main').replaceWith(document.importNode(page.getElementById('main'), true)); fit();
    });
  }
  function look() {
    fetch(base + 'state').then(function (answer) { if (!answer.ok) throw answer; return answer.json(); }).then(function (state) {
      var shown = document.getElementById('count'), moved = state.version !== version || state.code !== code;
      lost = 0; line('');
      if (shown && shown.textContent !== String(state.shown)) { shown.textContent = state.shown; if (body.dataset.live && count !== null) moved = true; }
      count = state.shown;
      return moved ? redraw() : null;
    }).then(function () { setTimeout(look, 600); }, function () {
      lost += 1; if (lost > 2) line(body.dataset.away); setTimeout(look, Math.min(5000, 600 * lost));
    });
  }
  fit(); window.addEventListener('resize', fit); setTimeout(look, 600);
})();
