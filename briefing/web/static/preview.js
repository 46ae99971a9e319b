// Live reload, and keys: 1-9 choose a view, d the device, s the colours, left and right the edition.
(() => {
  const source = new EventSource("/preview/events");
  source.addEventListener("changed", () => location.reload());
  const chooser = document.querySelector("select[name=edition]");
  if (!chooser) return;
  chooser.addEventListener("change", () => chooser.form.submit());
  const cycle = (name) => {
    const links = [...document.querySelectorAll(`[data-group=${name}] a`)];
    const next = links[(links.findIndex((link) => link.hasAttribute("aria-current")) + 1) % links.length];
    if (next) location.assign(next.href);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (/^[1-9]$/.test(event.key)) document.querySelectorAll("[data-group=view] a")[event.key - 1]?.click();
    else if (event.key === "d") cycle("device");
    else if (event.key === "s") cycle("scheme");
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      chooser.selectedIndex = Math.max(0, Math.min(chooser.length - 1, chooser.selectedIndex + (event.key === "ArrowRight" ? 1 : -1)));
      chooser.form.submit();
    }
  });
})();
