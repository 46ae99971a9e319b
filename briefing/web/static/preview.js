// Live reload that keeps the place, and keys: 1-9 choose a view, d the device, s the colours, left and right the edition.
(() => {
  const frame = document.querySelector("iframe");
  const place = "preview:" + (frame ? frame.getAttribute("src") : location.search);
  const read = () => (frame ? frame.contentWindow.scrollY : scrollY);
  new EventSource("/preview/events").addEventListener("changed", () => {
    sessionStorage.setItem(place, read());
    location.reload();
  });
  const settle = () => {
    const kept = Number(sessionStorage.getItem(place) || 0);
    sessionStorage.removeItem(place);
    if (kept) (frame ? frame.contentWindow : window).scrollTo(0, kept);
    // A click on a link of the mail opens it beside the preview, as a mail client does.
    if (frame && frame.src.includes("email.html")) for (const link of frame.contentDocument.links) link.target = "_blank";
  };
  if (frame && frame.contentDocument.readyState !== "complete") frame.addEventListener("load", settle);
  else addEventListener("load", settle);
  const chooser = document.querySelector("select[name=edition]");
  if (!chooser) return;
  chooser.addEventListener("change", () => chooser.form.submit());
  const cycle = (name) => {
    const links = [...document.querySelectorAll(`[data-group=${name}] a`)];
    const next = links[(links.findIndex((link) => link.hasAttribute("aria-current")) + 1) % links.length];
    if (next) location.assign(next.href);
  };
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (/^[1-9]$/.test(event.key)) document.querySelectorAll("[data-group=view] a")[event.key - 1]?.click();
    else if (event.key === "d") cycle("device");
    else if (event.key === "s") cycle("scheme");
    else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      const next = chooser.selectedIndex + (event.key === "ArrowRight" ? 1 : -1);
      if (next < 0 || next >= chooser.length) return;
      chooser.selectedIndex = next;
      chooser.form.submit();
    }
  };
  document.addEventListener("keydown", pressed);
  // Whoever clicked into the newsletter still has the keys.
  frame?.addEventListener("load", () => frame.contentDocument?.addEventListener("keydown", pressed));
})();
