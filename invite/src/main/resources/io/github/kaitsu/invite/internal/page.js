(() => {
  for (const button of document.querySelectorAll('button[data-copy]')) {
    button.hidden = false;
    button.addEventListener('click', async () => {
      const field = document.getElementById(button.dataset.copy);
      field.focus();
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
      } catch (refused) {
        document.execCommand('copy');
      }
      button.textContent = button.dataset.done;
    });
  }
  // while there is nothing to do: looks by itself, and shows what there is then
  const waiting = document.querySelector('[data-waiting]');
  if (waiting) {
    const look = async () => {
      if (document.hidden) {
        return;
      }
      const reply = await fetch(waiting.dataset.waiting, { credentials: 'same-origin' }).catch(() => null);
      if (!reply) {
        return; // out of reach: tried again
      }
      const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
      if (reply.status === 410 || (reply.ok && !page.querySelector('[data-waiting]'))) {
        location.assign(waiting.dataset.waiting);
      }
    };
    setInterval(look, 30000);
    document.addEventListener('visibilitychange', look);
  }
  const form = document.querySelector('form[data-check]');
  if (!form) {
    return;
  }
  let timer;
  let asked = 0;
  const check = async () => {
    const own = ++asked;
    const body = new URLSearchParams(new FormData(form));
    body.set('do', 'check');
    // not form.action: that is the field of this name
    const reply = await fetch(form.getAttribute('action'), { method: 'POST', body, credentials: 'same-origin' });
    if (!reply.ok || own !== asked) {
      return;
    }
    for (const [part, state] of Object.entries(await reply.json())) {
      const mark = document.getElementById('state-' + part);
      if (mark) {
        mark.dataset.state = state;
        mark.textContent = mark.dataset[state.toLowerCase()];
      }
    }
  };
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(check, 300);
  });
})();
