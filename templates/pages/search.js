/* Searches the storylines of this site without a server, from a file or from any host. What is listed comes as one
   script a month, newest first, and no more months are loaded than are needed. Words are folded and compared as
   `briefing.text.terms` and `briefing.text.seeking` do; a test holds the two against each other. */
"use strict";
const briefing = (() => {
  const EAST = "\\u1100-\\u11ff\\u3005-\\u3007\\u3041-\\u3096\\u3099\\u309a\\u309d-\\u309f\\u30a1-\\u30fa\\u30fc-\\u30ff\\u3131-\\u318e\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\uff66-\\uff9f\\u{20000}-\\u{3134f}";
  const SOUTH = "\\u0e01-\\u0e3a\\u0e40-\\u0e4e\\u0e81-\\u0ecf\\u0edc-\\u0edf\\u0f40-\\u0fbc\\u1000-\\u103f\\u1050-\\u109f\\u1780-\\u17d3";
  const MARKS = "\\u0300-\\u036f\\u0483-\\u0487\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7\\u0610-\\u061a\\u0640\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u0900-\\u0903\\u093a-\\u094f\\u0981-\\u0dff\\u200c\\u200d";
  const LETTER = `(?![${EAST}${SOUTH}])[\\p{L}\\p{N}]`;
  const TOKEN = new RegExp(`([${EAST}]+)|([${SOUTH}][${SOUTH}\\u200c\\u200d]*)|${LETTER}(?:${LETTER}|[${MARKS}])*`, "gu");
  const POINTS = /[\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200b-\u200f]/g;
  const QUERY = /["“”„«»「」『』]([^"“”„«»「」『』]*)["“”„«»「」『』]|(?:(?<=\s)|^)[-−–](\S+)|([^\s"“”„«»「」『』]+)/g;
  const LETTERS = {
    "ي": "ی", "ى": "ی", "ئ": "ی", "ې": "ی", "ك": "ک", "ڪ": "ک", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و",
    "ة": "ه", "ۀ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "ء": "", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ß": "ss", "ς": "σ",
  };
  const STROKES = { "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ŧ": "t", "ё": "е" };
  const ZEROS = [0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20, 0x1040, 0x17e0];

  const digits = text => text.replace(/\p{Nd}/gu, char => {
    const point = char.codePointAt(0), zero = ZEROS.find(start => point >= start && point < start + 10);
    return zero === undefined ? char : String(point - zero);
  });

  const fold = text => {
    const bare = [], marks = [];
    for (const char of text.replace(POINTS, "").normalize("NFD")) {
      const last = bare[bare.length - 1] || "";
      if (STROKES[char]) { marks.push([bare.length, char]); bare.push(STROKES[char]); }
      else if (char >= "\u0300" && char <= "\u036f" && last && (last < "\u0250" || (last >= "\u0370" && last <= "\u03ff") || last === "е")) marks.push([bare.length - 1, char]);
      else bare.push(char);
    }
    return { bare: digits(bare.join("").normalize("NFC")), marks };
  };

  const known = new Map();
  const term = (text, kind) => {
    const key = kind + text;
    if (!known.has(key)) {
      if (known.size > 50000) known.clear();
      let folded = text.normalize("NFKC").toLowerCase().normalize("NFKC").replace(/[^\p{L}\p{N}\p{M}\u200c\u200d]/gu, "");
      if (kind !== "word") known.set(key, { kind, bare: digits(folded.replace(POINTS, "")), marks: [], parts: [] });
      else {
        folded = folded.replace(/[ئيىېكڪأإآٱؤةۀہھەءæœþıßς]/g, char => LETTERS[char]);
        const parts = /[\u200c\u200d]/.test(folded) ? folded.split(/[\u200c\u200d]+/).map(part => fold(part).bare).filter(Boolean) : [];
        known.set(key, { kind, parts, ...fold(folded) });
      }
    }
    return known.get(key);
  };

  const tokens = text => Array.from(text.matchAll(TOKEN), match => ({
    term: term(match[0], match[1] ? "east" : match[2] ? "south" : "word"), start: match.index, end: match.index + match[0].length,
  })).filter(token => token.term.bare);

  const queryOf = text => {
    const wanted = [], unwanted = [];
    for (const [, quoted, without, plain] of text.slice(0, 300).matchAll(QUERY)) {
      const found = tokens(quoted ?? without ?? plain).map(token => token.term);
      if (!found.length) continue;
      if (quoted !== undefined) wanted.push({ terms: found, exact: true });
      else if (without !== undefined) unwanted.push({ terms: found, exact: true });
      else for (const one of found) wanted.push({ terms: [one], exact: false });
    }
    const once = clauses => [...new Map(clauses.map(clause => [JSON.stringify(clause), clause])).values()].slice(0, 12);
    return { wanted: once(wanted), unwanted: once(unwanted) };
  };

  const agree = (wanted, found) => {
    if (!wanted.marks.length) return true;
    const here = found.marks.filter(([at]) => at < wanted.bare.length).map(([, mark]) => mark).sort().join();
    return !here || here === wanted.marks.map(([, mark]) => mark).sort().join();
  };
  const wordFound = (clause, wanted, found) => {
    if (found.kind !== "word") return 0;
    if (found.bare === wanted.bare) return agree(wanted, found) ? 2 : 0;
    if (found.parts.includes(wanted.bare)) return 2;
    const begins = !clause.exact && [...wanted.bare].length >= 4 && !/^\p{N}+$/u.test(wanted.bare);
    return begins && found.bare.startsWith(wanted.bare) && agree(wanted, found) ? 1 : 0;
  };
  const follow = (clause, standing, at, end) => {
    for (let place = 1; place < clause.terms.length; place += 1) {
      const wanted = clause.terms[place], token = standing[at + place];
      if (!token) return -1;
      const last = place === clause.terms.length - 1, found = token.term;
      if (wanted.kind === "word" ? !wordFound(clause, wanted, found)
        : found.kind !== wanted.kind || !(last ? found.bare.startsWith(wanted.bare) : found.bare === wanted.bare)) return -1;
      end = token.end;
    }
    return end;
  };
  const placesOf = (token, text) => {
    const places = [];
    let at = token.start;
    for (const char of text.slice(token.start, token.end)) {
      for (let count = term(char, token.term.kind).bare.length; count > 0; count -= 1) places.push([at, at + char.length]);
      at += char.length;
    }
    return places.length === token.term.bare.length ? places : Array(token.term.bare.length).fill([token.start, token.end]);
  };

  const spansOf = (clauses, standing, text) => {
    const spans = [];
    standing.forEach((token, at) => clauses.forEach((clause, number) => {
      const first = clause.terms[0], single = clause.terms.length === 1;
      if (first.kind !== token.term.kind) return;
      if (first.kind === "word") {
        const how = wordFound(clause, first, token.term), end = how ? follow(clause, standing, at, token.end) : -1;
        if (end >= 0) spans.push({ clause: number, start: token.start, end, whole: how === 2 });
        return;
      }
      for (let from = token.term.bare.indexOf(first.bare); from >= 0;) {
        const stop = from + first.bare.length, places = placesOf(token, text);
        if (single || stop === token.term.bare.length) {
          const end = follow(clause, standing, at, single ? places[stop - 1][1] : token.end);
          if (end >= 0) spans.push({ clause: number, start: places[from][0], end, whole: true });
        }
        from = token.term.bare.indexOf(first.bare, stop);
      }
    }));
    return spans.sort((one, other) => one.start - other.start || one.clause - other.clause);
  };

  /* Gives what a query finds in a headline and the lines below it, or null. */
  const seek = (query, headline, lines, anyOf) => {
    const text = lines.join("\n");
    const heads = tokens(headline), body = tokens(text);
    if (query.unwanted.length && (spansOf(query.unwanted, heads, headline).length || spansOf(query.unwanted, body, text).length)) return null;
    const inHead = spansOf(query.wanted, heads, headline), inText = spansOf(query.wanted, body, text);
    const there = new Set([...inHead, ...inText].map(span => span.clause));
    if (!there.size || (!anyOf && there.size < query.wanted.length)) return null;
    let score = 0;
    for (const clause of there) {
      const head = inHead.filter(span => span.clause === clause), rest = inText.filter(span => span.clause === clause);
      score += head.some(span => span.whole) ? 4 : head.length ? 3 : 0;
      score += (rest.some(span => span.whole) ? 1.5 : 1) * rest.length / (rest.length + 2);
    }
    return { score, inHead, inText, text };
  };

  const pieces = (text, spans) => {
    const made = [];
    let at = 0;
    for (const span of spans) {
      if (span.end <= at) continue;
      const start = Math.max(span.start, at);
      if (start > at) made.push([text.slice(at, start), false]);
      made.push([text.slice(start, span.end), true]);
      at = span.end;
    }
    if (at < text.length) made.push([text.slice(at), false]);
    return made;
  };

  const excerpt = (text, spans) => {
    if (!spans.length) return [];
    const start = text.lastIndexOf("\n", spans[0].start) + 1;
    const from = spans[0].start - start > 90 ? text.indexOf(" ", spans[0].start - 60) + 1 || spans[0].start : start;
    const first = from > spans[0].start ? spans[0].start : from;
    const stop = text.indexOf("\n", spans[0].end), to = Math.min(stop < 0 ? text.length : stop, Math.max(first + 240, spans[0].end));
    const inside = spans.filter(span => span.start >= first && span.end <= to)
      .map(span => ({ ...span, start: span.start - first, end: span.end - first }));
    const made = pieces(text.slice(first, to), inside);
    if (first > start) made.unshift(["… ", false]);
    if (to < (stop < 0 ? text.length : stop)) made.push([" …", false]);
    return made;
  };

  const months = new Map();
  return {
    queryOf, seek, pieces, excerpt, months,
    month: (name, rows) => months.set(name, rows),
  };
})();

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("search");
  if (!form || !form.dataset.months) return;
  const { months, languages, rtl, words } = JSON.parse(form.dataset.months);
  const [field, language, since] = ["q", "language", "since"].map(name => form.elements[name]);
  const [count, found, further, all] = ["count", "found", "further", "all"].map(id => document.getElementById(id));
  const number = new Intl.NumberFormat(document.documentElement.lang);
  const ENOUGH = 20, AT_ONCE = 4;
  let asked = 0;

  const load = name => briefing.months.has(name) ? Promise.resolve() : new Promise(done => {
    const script = document.createElement("script");
    script.src = `${name}.js`;
    script.onload = script.onerror = () => { if (!briefing.months.has(name)) briefing.month(name, []); done(); };
    document.head.append(script);
  });

  const set = (element, made) => {
    element.replaceChildren(...made.map(([text, hit]) => {
      if (!hit) return document.createTextNode(text);
      const mark = document.createElement("mark");
      mark.textContent = text;
      return mark;
    }));
    return element;
  };

  const entry = ([slug, headline, tag, , day], good) => {
    const item = document.createElement("li"), link = document.createElement("a"), facts = document.createElement("p");
    link.href = `../storylines/${slug}/index.html`;
    link.lang = tag;
    link.dir = rtl.includes(tag.split("-")[0]) ? "rtl" : "ltr";
    item.append(set(link, briefing.pieces(headline, good.inHead)), facts);
    facts.className = "facts";
    facts.textContent = [day, languages[tag.split("-")[0]]].filter(Boolean).join(" · ");
    const lines = briefing.excerpt(good.text, good.inText);
    if (lines.length) {
      const shown = set(document.createElement("p"), lines);
      shown.dir = "auto";
      item.append(shown);
    }
    return item;
  };

  const hits = (query, anyOf, upto) => {
    const made = [], seen = new Set();
    months.slice(0, upto).forEach(([name]) => briefing.months.get(name).forEach(row => {
      if (seen.has(row[0])) return;
      seen.add(row[0]);
      if (language.value && row[2].split("-")[0] !== language.value) return;
      if (since.value && row[3] < since.value) return;
      const good = briefing.seek(query, row[1], row[5], anyOf);
      if (good) made.push([row, good]);
    }));
    const newest = Date.parse(made.reduce((day, [row]) => row[3] > day ? row[3] : day, ""));
    const value = ([row, good]) => good.score + 3 * 0.5 ** ((newest - Date.parse(row[3])) / 86400000 / 180);
    return made.map(one => [value(one), ...one]).sort((one, other) => other[0] - one[0] || (one[1][3] < other[1][3] ? 1 : -1));
  };

  const search = async from => {
    const mine = asked += 1, query = briefing.queryOf(field.value);
    all.hidden = query.wanted.length > 0;
    further.hidden = true;
    if (!query.wanted.length) { found.replaceChildren(); count.textContent = ""; return; }
    let upto = from, made = [];
    do {
      upto = Math.min(upto + 1, months.length);
      await load(months[upto - 1][0]);
      if (mine !== asked) return;
      made = hits(query, false, upto);
    } while (upto < months.length && made.length < ENOUGH && upto < from + AT_ONCE);
    const some = !made.length && query.wanted.length > 1;
    if (some) made = hits(query, true, upto);
    found.replaceChildren(...made.slice(0, 200).map(([, row, good]) => entry(row, good)));
    count.textContent = made.length ? [some ? words.some : "", words.found.replace("%(n)s", number.format(made.length))].join(" ").trim() : words.none;
    further.hidden = upto >= months.length;
    further.textContent = words.further.replace("%(month)s", months[upto - 1][1]);
    further.onclick = () => search(upto);
  };

  const now = () => {
    const asking = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try { history.replaceState(null, "", `${location.pathname}${asking.size ? `?${asking}` : ""}`); } catch { /* a page from a file */ }
    return months.length ? search(0) : undefined;
  };
  let waiting;
  form.addEventListener("submit", event => { event.preventDefault(); now(); });
  form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(now, 200); });
  const given = new URLSearchParams(location.search);
  for (const control of [field, language, since]) if (given.get(control.name)) control.value = given.get(control.name);
  if (field.value) now();
});
