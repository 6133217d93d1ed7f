/** Making elements. Text only ever arrives through `textContent`. */
(function (Furat) {
  "use strict";

  const SVG = "http://www.w3.org/2000/svg";

  /**
   * @param {string} tag
   * @param {string} className
   * @param {string} [text]
   * @returns {HTMLElement}
   */
  Furat.make = function (tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  Furat.makeButton = function (className, title, onClick, text) {
    const button = Furat.make("button", className, text);
    button.type = "button";
    if (title) {
      button.title = title;
      button.setAttribute("aria-label", title);
    }
    button.addEventListener("click", onClick);
    return button;
  };

  /**
   * @param {number} size px of width and height
   * @param {Array<[string, Record<string, string|number>]>} shapes tag and attributes
   * @returns {SVGElement}
   */
  Furat.drawSvg = function (size, shapes) {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("width", String(size));
    svg.setAttribute("height", String(size));
    svg.setAttribute("viewBox", `0 0 ${size} ${size}`);
    svg.setAttribute("aria-hidden", "true");
    for (const [name, attributes] of shapes) {
      const shape = document.createElementNS(SVG, name);
      for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, String(value));
      svg.appendChild(shape);
    }
    return svg;
  };
})(window.Furat);
