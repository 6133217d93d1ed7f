/** What stands around the map: zoom, scale, messages, tooltip; with the legend and the list for the keyboard. */
(function (Furat) {
  "use strict";

  const { make, makeButton, drawSvg } = Furat;

  const icon = (path) => drawSvg(18, [["path", { d: path, fill: "none", stroke: "currentColor", "stroke-width": 1.8 }]]);

  Furat.Panel = class {
    /**
     * @param {L.Map} map
     * @param {{fit: function, retry: function, pick: function(object), light: function(object|null), clear: function}} act
     */
    constructor(map, act) {
      this.map = map;
      this.act = act;
      this.text = {};
      this.root = make("div", "furat-ui");
      this.zoom = make("div", "furat-zoom");
      this.legend = new Furat.Legend(map);
      this.list = new Furat.List(act);
      this.foot = make("div", "furat-foot");
      this.scale = make("div", "furat-scale");
      this.credit = make("div", "furat-credit");
      this.note = make("div", "furat-note");
      this.tooltip = make("div", "furat-tooltip");
      this.credit.dir = "auto";
      this.note.setAttribute("role", "status");
      this.tooltip.hidden = true;
      const bottom = make("div", "furat-bottom");
      this.foot.append(this.scale, this.credit);
      bottom.append(this.legend.root, this.foot);
      this.root.append(this.list.root, this.zoom, this.note, bottom, this.tooltip);
      map.getContainer().appendChild(this.root);
      for (const part of [this.zoom, this.legend.root, this.note, this.credit, this.list.root]) {
        L.DomEvent.disableClickPropagation(part);
        L.DomEvent.disableScrollPropagation(part);
        // Leaflet looks for its mark above the clicked element, which may be gone from the page by then.
        part.addEventListener("click", (event) => event.stopPropagation());
      }
      map.on("move zoomend resize", () => this.drawScale());
    }

    /**
     * Words everything anew.
     * @param {Record<string, string>} text strings by key, see `strings()` in events/ui/map.py
     * @param {"en"|"ar"} lang
     */
    setLanguage(text, lang) {
      this.text = this.legend.text = text;
      this.root.dir = lang === "ar" ? "rtl" : "ltr";
      this.root.lang = lang;
      document.documentElement.lang = lang;
      document.title = text.map;
      // streamlit-folium names the frame after itself; a screen reader shall hear what it is.
      if (window.frameElement) window.frameElement.setAttribute("aria-label", text.map);
      const container = this.map.getContainer();
      container.setAttribute("role", "region");
      container.setAttribute("aria-label", text.map);
      this.list.root.setAttribute("aria-label", text.symbols);
      this.zoom.replaceChildren();
      for (const [title, path, onClick] of [
        [text.zoom_in, "M9 3v12M3 9h12", () => this.map.zoomIn()],
        [text.zoom_out, "M3 9h12", () => this.map.zoomOut()],
        [text.fit, "M3 7V3h4M11 3h4v4M15 11v4h-4M7 15H3v-4", () => this.act.fit()],
      ]) {
        const button = makeButton("furat-button", title, onClick);
        button.appendChild(icon(path));
        this.zoom.appendChild(button);
      }
      this.drawScale();
    }

    /** A round distance and how wide it is on the screen, at the middle of the map. */
    drawScale() {
      const size = this.map.getSize();
      if (!this.text.km || !size.x) return;
      const y = size.y / 2;
      const metres = this.map.distance(
        this.map.containerPointToLatLng([0, y]),
        this.map.containerPointToLatLng([100, y]),
      );
      if (!(metres > 0)) return;
      const power = 10 ** Math.floor(Math.log10(metres));
      const round = [5, 3, 2, 1].find((step) => step * power <= metres) * power;
      const words = round >= 1000 ? this.text.km.replace("{n}", Furat.number(round / 1000)) : this.text.m.replace("{n}", Furat.number(round));
      this.scale.style.width = Math.round((100 * round) / metres) + "px";
      this.scale.textContent = words;
    }

    /** @param {Array<string>} credits whose data is drawn */
    setCredits(credits) {
      this.credit.textContent = credits.filter(Boolean).join(" · ");
    }

    /**
     * One message at a time, in the middle of the upper edge; nothing when `words` is empty.
     * @param {string} words
     * @param {{alarm?: boolean, again?: boolean}} [how]
     */
    say(words, { alarm = false, again = false } = {}) {
      if (this.said === words + alarm) return;
      this.said = words + alarm;
      this.note.setAttribute("role", alarm ? "alert" : "status");
      this.note.classList.toggle("furat-alarm", alarm);
      this.note.replaceChildren();
      if (!words) return;
      this.note.append(make("span", "", words));
      if (again) this.note.append(makeButton("furat-again", "", () => this.act.retry(), this.text.retry));
    }

    /**
     * @param {object|null} symbol @param {{x: number, y: number, r: number}} [spot] in px of the map's frame
     * @param {"en"|"ar"} [lang]
     */
    showTooltip(symbol, spot, lang) {
      const { tooltip, text } = this;
      tooltip.hidden = !symbol;
      if (!symbol) return;
      const rows = make("ul", "furat-sides");
      for (const side of this.legend.sides) {
        const n = (symbol.sides || {})[side.id];
        if (!(n > 0)) continue;
        const row = make("li", "");
        row.append(this.legend.chip(side), make("span", "", Furat.nameOf(side, lang)), make("b", "", Furat.number(n)));
        rows.appendChild(row);
      }
      tooltip.replaceChildren(make("strong", "", Furat.nameOf(symbol, lang)));
      if (!this.legend.plain) tooltip.append(make("span", "furat-count", Furat.plural(text, "events", symbol.n)), rows);
      const vague = Number(symbol.vague) || 0;
      const known =
        symbol.precision !== "area" && vague > 0 && vague < symbol.n
          ? text.vague.replace("{n}", Furat.number(vague)).replace("{total}", Furat.number(symbol.n))
          : text["precision_" + symbol.precision];
      tooltip.append(make("em", "", known || ""));
      if (symbol.n_places > 1) tooltip.append(make("em", "", Furat.plural(text, "places", symbol.n_places)));
      const size = this.map.getSize();
      const { offsetWidth: width, offsetHeight: height } = tooltip;
      const above = spot.y - spot.r - 10 - height;
      const left = Math.min(Math.max(6, spot.x - width / 2), Math.max(6, size.x - width - 6));
      const top = above >= 6 ? above : Math.min(spot.y + spot.r + 10, Math.max(6, size.y - height - 6));
      tooltip.style.left = Math.round(left) + "px";
      tooltip.style.top = Math.round(top) + "px";
    }

    /**
     * The legend of what is drawn, and the same as a list for the keyboard.
     * @param {{draw: string, layer: object, left: number}} shown see `Legend.show`
     */
    show(shown, lang, selected) {
      this.legend.show(shown, lang);
      this.list.show(shown.layer.entries, { selected, worded: (symbol) => this._worded(symbol, lang) });
    }

    /** The list's own picture of what is picked. */
    markSelected(selected) {
      this.list.mark(selected);
    }

    _worded(symbol, lang) {
      const sides = this.legend.sides
        .filter(({ id }) => (symbol.sides || {})[id] > 0)
        .map((side) => `${Furat.nameOf(side, lang)} ${Furat.number(symbol.sides[side.id])}`);
      const counted = this.legend.plain ? [] : [Furat.plural(this.text, "events", symbol.n), ...sides];
      return [Furat.nameOf(symbol, lang), ...counted].join(", ");
    }
  };
})(window.Furat);
