(() => {
  const live = document.querySelector('[data-events]');
  if (!live || !window.EventSource) {
    return;
  }
  let timer;
  let at = 0;
  const refresh = async () => {
    at = Date.now();
    let reply;
    try {
      reply = await fetch(window.location.href, { credentials: 'same-origin', cache: 'no-store' });
    } catch (offline) {
      return;
    }
    if (reply.redirected) {
      window.location.reload();
      return;
    }
    if (!reply.ok) {
      return;
    }
    const fresh = new DOMParser().parseFromString(await reply.text(), 'text/html');
    for (const part of document.querySelectorAll('[data-live]')) {
      const other = fresh.getElementById(part.id);
      if (!other || other.innerHTML === part.innerHTML) {
        continue;
      }
      const focus = part.contains(document.activeElement) ? document.activeElement.id : '';
      const open = [...part.querySelectorAll('details[open][id]')].map(d => d.id);
      part.replaceChildren(...other.childNodes);
      open.forEach(id => document.getElementById(id)?.setAttribute('open', ''));
      if (focus) {
        document.getElementById(focus)?.focus({ preventScroll: true });
      }
    }
  };
  const source = new EventSource(live.dataset.events);
  source.addEventListener('changed', () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, Math.max(300, 2000 - (Date.now() - at)));
  });
  window.addEventListener('pagehide', () => source.close());
})();
