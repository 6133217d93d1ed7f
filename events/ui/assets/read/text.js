/**
 * A report with its words marked. Takes the text and the marks as data, writes them by `textContent` only,
 * and tells Python which marked words were pressed.
 */
export default function ({ data, parentElement, setTriggerValue }) {
  const make = (tag, className, text) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const COLOUR = /^#[0-9a-f]{6}$/i;

  let root = parentElement.querySelector(".report");
  if (!root) {
    root = make("div", "report");
    root.append(make("ul", "legend"), make("div", "text"), make("div", "tip"));
    root.querySelector(".tip").setAttribute("role", "tooltip");
    root.querySelector(".tip").id = "tip";
    root.querySelector(".tip").hidden = true;
    parentElement.append(root);
  }
  const [legend, text, tip] = root.children;

  // What was heard of an older run must not be used again.
  const state = root.furat || (root.furat = {});
  const moved = state.text !== data.text;
  const turned = state.turn !== data.turn;
  Object.assign(state, { text: data.text, turn: data.turn, data });
  root.dir = data.pageDir;

  legend.replaceChildren(
    ...data.legend.map(([kind, name]) => {
      const item = make("li");
      item.append(make("span", `mark ${kind}`, name));
      return item;
    }),
  );

  const scrolled = text.scrollTop;
  text.dir = data.dir;
  text.lang = data.lang;
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", data.label);
  const marks = new Map();
  text.replaceChildren(
    ...data.paragraphs.map((pieces, number) => {
      const paragraph = make("p", number === 0 && data.text.endsWith(":0") ? "first" : "");
      for (const [words, n] of pieces) {
        if (n === null) paragraph.append(words);
        else paragraph.append(marked(words, n));
      }
      return paragraph;
    }),
  );
  // One stop for the Tab key; arrow keys move between the words.
  const all = [...marks.values()];
  const stop = marks.get(data.asked) || all.find((one) => one.classList.contains("cited")) || all[0];
  if (stop) stop.tabIndex = 0;
  if (moved) text.scrollTop = 0;
  else text.scrollTop = scrolled;
  if (state.focused !== undefined && !moved) marks.get(state.focused)?.focus({ preventScroll: true });
  if (turned) show();

  function marked(words, n) {
    const mark = data.marks[n];
    const cited = data.cited[n];
    const element = make("span", `mark ${mark.kind}${cited ? " cited" : ""}${data.asked === n ? " asked" : ""}`, words);
    const colours = mark.colours.filter((colour) => COLOUR.test(colour));
    if (colours.length) {
      const share = 100 / colours.length;
      const stops = colours.map((colour, i) => `${colour} ${i * share}% ${(i + 1) * share}%`);
      element.style.setProperty("--line", `linear-gradient(to right, ${stops.join(", ")})`);
      element.style.setProperty("--side", colours[0]);
    }
    element.setAttribute("role", "button");
    element.tabIndex = -1;
    if (data.asked === n) element.setAttribute("aria-pressed", "true");
    element.onmouseenter = element.onfocus = () => {
      state.hovered = n;
      explain(element, mark, cited);
    };
    element.onmouseleave = hide;
    element.onblur = () => {
      hide();
      // A run that replaces the words takes the focus away too; only a visitor's own leaving counts.
      if (element.isConnected && document.hasFocus()) delete state.focused;
    };
    element.addEventListener("focus", () => (state.focused = n));
    element.onclick = () => press(mark);
    element.onkeydown = (event) => key(event, element, mark);
    if (!marks.has(n)) marks.set(n, element);
    return element;
  }

  function press(mark) {
    hide();
    setTriggerValue("pressed", { start: mark.start, end: mark.end });
  }

  function key(event, element, mark) {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      press(mark);
      return;
    }
    if (event.key === "Escape") {
      hide();
      return;
    }
    const forward = data.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
    const back = data.dir === "rtl" ? "ArrowRight" : "ArrowLeft";
    const list = [...marks.values()];
    const at = list.indexOf(element);
    const next = { [forward]: at + 1, ArrowDown: at + 1, [back]: at - 1, ArrowUp: at - 1, Home: 0, End: list.length - 1 };
    const to = list[next[event.key]];
    if (!to) return;
    event.preventDefault();
    element.tabIndex = -1;
    to.tabIndex = 0;
    to.focus();
  }

  function explain(element, mark, cited) {
    const lines = mark.told.filter(Boolean);
    const name = data.legend.find(([kind]) => kind === mark.kind);
    tip.replaceChildren(make("span", "kind", name ? name[1] : mark.kind));
    lines.forEach((line, i) => tip.append(make(i ? "span" : "strong", "", line)));
    if (cited) tip.append(make("em", "", cited.join(" · ")));
    for (const child of tip.children) child.dir = "auto";
    tip.hidden = false;
    element.setAttribute("aria-describedby", "tip");
    const box = root.getBoundingClientRect();
    const words = element.getClientRects()[0] || element.getBoundingClientRect();
    const wide = tip.offsetWidth;
    const left = Math.min(Math.max(words.left - box.left + words.width / 2 - wide / 2, 4), box.width - wide - 4);
    const above = words.top - box.top - tip.offsetHeight - 6;
    tip.style.left = `${left}px`;
    tip.style.top = `${above > 0 ? above : words.bottom - box.top + 6}px`;
  }

  function hide() {
    tip.hidden = true;
  }

  /** Brings what was just chosen into view: its words here, its card in the list beside. */
  function show() {
    const first = all.find((one) => one.classList.contains("cited"));
    if (first) {
      const [inside, word] = [text.getBoundingClientRect(), first.getBoundingClientRect()];
      if (word.top < inside.top + 20 || word.bottom > inside.bottom - 20) {
        text.scrollTop += word.top - inside.top - inside.height / 3;
      }
    }
    const card = document.querySelector('[class*="st-key-read-card-"][class*="-chosen"]');
    const list = card && card.closest(".st-key-read-box-list");
    if (list && list.scrollHeight > list.clientHeight) {
      list.scrollTop += card.getBoundingClientRect().top - list.getBoundingClientRect().top - 8;
    }
  }
}
