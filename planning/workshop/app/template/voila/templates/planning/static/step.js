'use strict';
/* What a step's page does beside its widgets: tell how far it is, put its parts in place, guard what is being tried, end its kernel. */
window.planning = (() => {
  const at = (id) => document.getElementById(id);
  const words = () => document.body.dataset;
  const tell = (text, values = {}) => {
    at('said').textContent = Object.entries(values).reduce((line, [name, value]) => line.replace(`{${name}}`, value), text);
  };

  /* Each cell goes to its part of the page as it comes; whatever is not in the other parts is in the whole page. */
  const made = (index, all) => {
    at('far').value = index / all;
    if (index === 1 || index % 10 === 0 || index === all) tell(words().making, {n: index, all});
    const cell = document.querySelector('#coming > .cell');
    if (!cell) return;
    const part = at(cell.dataset.part) || at('whole');
    if (part.id === 'workshop' && part.querySelector('.waiting')) part.querySelector('.waiting').remove();
    part.append(cell);
  };

  const listed = () => {
    const list = document.querySelector('.contents ul');
    document.querySelectorAll('#whole .cell h2').forEach((heading, place) => {
      heading.id = heading.id || `section-${place}`;
      const link = document.createElement('a');
      link.href = `#${heading.id}`;
      link.textContent = heading.textContent.replace('¶', '');
      list.append(Object.assign(document.createElement('li'), {className: 'one'}));
      list.lastChild.append(link);
    });
    list.parentElement.hidden = !list.children.length;
  };

  /* All cells are there: the widgets come alive next. */
  const arranged = () => {
    const stopped = document.querySelector('.stopped');
    at('far').hidden = true;
    [...document.querySelectorAll('#workshop h2')].slice(1, 2).forEach((heading) => { heading.id = 'decide'; });
    listed();
    if (stopped) document.querySelector('#workshop .waiting')?.replaceWith(stopped.cloneNode(true));
    document.querySelector('#workshop .waiting')?.remove();
    tell(stopped ? words().short : words().waking);
    const waits = setInterval(() => {
      if (document.querySelector('.live > script')) return;
      clearInterval(waits);
      if (!stopped) tell(words().ready);
      document.body.classList.add('ready');
      watch();
    }, 200);
  };

  const kernel = () => JSON.parse(at('jupyter-config-data').textContent);
  const address = (path) => `${kernel().baseUrl}${path}${kernel().kernelId}`;

  /* Whether the page's kernel still answers; a page whose kernel is gone says so instead of showing old numbers. */
  let missed = 0;
  const watch = () => setInterval(async () => {
    const answer = await fetch(address('api/kernels/')).catch(() => null);
    missed = answer && answer.ok ? 0 : missed + 1;
    if (missed === 2) { tell(words().lost); at('state').classList.add('lost'); }
  }, 5000);

  /* Before leaving, ask when something is in the draft, or was changed in the controls since the last decision; rounds of votes are kept
     at once and need no question. The kernel ends only when the page is really left. */
  let touched = false, last = '';
  const inside = (event) => event.target.closest?.('.live') && !event.target.closest('a, summary, .plan-ask') && event.key !== 'Tab';
  ['input', 'change', 'click', 'keydown'].forEach((kind) => document.addEventListener(kind, (event) => { if (inside(event)) touched = true; }, true));
  const decided = () => {
    const decision = document.querySelector('[data-kept]')?.dataset.kept || '';
    if (decision !== last) { last = decision; touched = false; }
  };

  /* The heads of what is folded away are reached and opened with the keyboard too, and say whether they are open. */
  const heads = () => document.querySelectorAll('.jupyter-widget-Collapse-header').forEach((head) => {
    if (!head.hasAttribute('tabindex')) { head.tabIndex = 0; head.setAttribute('role', 'button'); }
    const open = String(!head.nextElementSibling?.classList.contains('lm-mod-hidden'));
    if (head.getAttribute('aria-expanded') !== open) head.setAttribute('aria-expanded', open);
  });
  document.addEventListener('keydown', (event) => {
    if (!event.target.matches?.('.jupyter-widget-Collapse-header') || !['Enter', ' '].includes(event.key)) return;
    event.preventDefault();
    event.target.click();
  });
  document.addEventListener('click', (event) => { if (event.target.closest?.('.jupyter-widget-Collapse-header')) setTimeout(heads); });
  document.addEventListener('DOMContentLoaded', () => new MutationObserver(() => { decided(); heads(); }).observe(at('workshop'), {childList: true, subtree: true}));
  window.addEventListener('beforeunload', (event) => {
    event.stopImmediatePropagation();
    if ((touched || document.querySelector('[data-drafted]')) && missed < 2) event.preventDefault();
  });
  window.addEventListener('pagehide', () => {
    navigator.sendBeacon(address('voila/api/shutdown/'), new FormData());
  });
  window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

  /* The token has done its work: it need not stand where a projector shows it. */
  history.replaceState(null, '', location.pathname + location.hash);
  return {made, arranged};
})();
/* Voilà wants to set formulas with a program from elsewhere; our pages hold none, and ask nobody. */
const nothing = new Proxy(() => nothing, {get: (_, name) => (name === 'then' || typeof name === 'symbol' ? undefined : nothing)});
window.MathJax = nothing;
window.voila_heartbeat = () => {};
window.voila_finish = () => {};
