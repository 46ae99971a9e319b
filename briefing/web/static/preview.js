// Live reload that keeps the place without a flash, findings beside the newsletter, and keys. All of it is an addition:
// without scripts, links and the form do the same.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const frame = () => document.querySelector("iframe:not(.next)");

  // ------------------------------------------------------------ findings
  const show = (at) => {
    const inside = frame()?.contentDocument;
    const [tag, index] = at.split(".");
    const found = inside?.getElementsByTagName(tag)[index];
    if (!found) return;
    for (const old of inside.querySelectorAll("[data-shown]")) {
      old.style.outline = "";
      old.removeAttribute("data-shown");
    }
    found.setAttribute("data-shown", "");
    found.style.outline = "3px solid #d1401f";
    found.style.outlineOffset = "2px";
    found.scrollIntoView({ block: "center" });
  };
  const check = async () => {
    const panel = document.querySelector("[data-findings]");
    if (!panel) return;
    const answer = await fetch(panel.dataset.findings);
    if (answer.ok && panel.isConnected) panel.innerHTML = await answer.text();
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-at]");
    if (link && frame()?.dataset.view === link.dataset.view) {
      event.preventDefault();
      show(link.dataset.at);
    }
    if (event.target.closest("[data-help]")) document.querySelector("dialog").showModal();
  });
  let turn = 0;
  const nextFinding = () => {
    const places = all("a[data-at]");
    if (places.length) places[turn++ % places.length].click();
  };

  // ------------------------------------------------------------ live reload
  const settle = (into, place) => {
    into.contentDocument?.addEventListener("keydown", pressed);
    if (place) into.contentWindow.scrollTo(0, place);
    if (into.dataset.at) show(into.dataset.at);
  };
  const ready = (into, then) => {
    if (into.contentDocument?.readyState === "complete" && into.contentDocument.URL !== "about:blank") then();
    else into.addEventListener("load", then, { once: true });
  };
  const renew = async () => {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, next] = [frame(), page.querySelector("iframe")];
    document.title = page.title;
    if (document.activeElement?.closest("header") === null) document.querySelector("header").replaceWith(page.querySelector("header"));
    document.querySelector("aside").replaceWith(page.querySelector("aside"));
    check();
    if (!old || !next) {
      document.querySelector("main").replaceWith(page.querySelector("main"));
      if (frame()) ready(frame(), () => settle(frame(), 0));
      return;
    }
    // The new newsletter is set out of sight, brought to the place where the old one is read, and put before it.
    const stage = old.parentElement;
    for (const notice of all("main > :not(.stage)")) notice.remove();
    stage.before(...[...page.querySelectorAll("main > :not(.stage)")]);
    next.classList.add("next");
    next.removeAttribute("data-at");
    next.addEventListener("load", () => {
      const place = old.contentWindow.scrollY;
      stage.className = page.querySelector(".stage")?.className ?? stage.className;
      old.remove();
      next.classList.remove("next");
      settle(next, place);
    }, { once: true });
    stage.append(next);
  };
  new EventSource("/preview/events").addEventListener("changed", () => renew().catch(() => location.reload()));

  // ------------------------------------------------------------ keys
  const cycle = (name) => {
    const links = all(`[data-group=${name}] a`);
    links[(links.findIndex((link) => link.hasAttribute("aria-current")) + 1) % links.length]?.click();
  };
  const choose = (name, step, around) => {
    const list = document.querySelector(`select[name=${name}]`);
    if (!list) return;
    const next = list.selectedIndex + step;
    if (!around && (next < 0 || next >= list.length)) return;
    list.selectedIndex = (next + list.length) % list.length;
    list.form.submit();
  };
  const pressed = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (/^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
    if (/^[1-9]$/.test(event.key)) all("[data-group=view] a")[event.key - 1]?.click();
    else if (event.key === "d") cycle("device");
    else if (event.key === "s") cycle("scheme");
    else if (event.key === "i") cycle("images");
    else if (event.key === "t") choose("theme", 1, true);
    else if (event.key === "o") choose("templates", 1, true);
    else if (event.key === "f") nextFinding();
    else if (event.key === "?") document.querySelector("dialog").showModal();
    else if (event.key === "ArrowLeft") choose("edition", -1);
    else if (event.key === "ArrowRight") choose("edition", 1);
    else return;
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  document.addEventListener("change", (event) => event.target.form?.matches(".choose") && event.target.form.submit());
  // Whoever clicked into the newsletter still has the keys.
  if (frame()) ready(frame(), () => settle(frame(), 0));
  check();
})();
