// Draftail writes style elements from its scripts (its hint, the numbers of nested lists), each with other words, so no
// hash can name them. A style element that a script of ours creates gets the page's nonce; one that comes in with
// markup does not, and is refused as before.
(() => {
  const { nonce } = document.currentScript;
  const create = Document.prototype.createElement;
  Document.prototype.createElement = function (...values) {
    const element = create.apply(this, values);
    if (element.localName === "style") element.nonce = nonce;
    return element;
  };
})();
