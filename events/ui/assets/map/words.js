/** Words and numbers as the reader writes them. */
(function (Furat) {
  "use strict";

  let exact = new Intl.NumberFormat("en");
  let short = new Intl.NumberFormat("en", { notation: "compact" });
  let plurals = new Intl.PluralRules("en");

  /** Says in which language numbers and plural forms are wanted: "en" or "ar". */
  Furat.speak = function (lang) {
    // The digits are Latin in both languages, as in coordinates.
    const locale = lang === "ar" ? "ar-u-nu-latn" : "en";
    exact = new Intl.NumberFormat(locale, { maximumSignificantDigits: 15 });
    short = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 });
    plurals = new Intl.PluralRules(lang);
  };

  Furat.number = (n) => exact.format(n);
  Furat.shortNumber = (n) => short.format(n);

  /** The form of a counted phrase that the language wants for `n`. */
  Furat.plural = (text, key, n) =>
    (text[`${key}_${plurals.select(n)}`] || text[`${key}_other`] || "{n}").replace("{n}", exact.format(n));

  Furat.nameOf = (thing, lang) =>
    String((lang === "ar" ? thing.name_ar : thing.name_en) || thing.name_en || thing.name_ar || thing.key || thing.id || "");
})(window.Furat);
