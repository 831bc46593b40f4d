// <copy-text>: a <pre> and a button that puts its text on the clipboard. Without JavaScript the text can be selected.
const SAID_FOR_MS = 2000;

class CopyText extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector("pre");
    const button = this.querySelector("button");
    if (!text || !button || !navigator.clipboard) return;
    button.hidden = false;
    const said = document.createElement("span");
    said.className = "visually-hidden";
    said.setAttribute("role", "status");
    this.append(said);
    const label = button.innerHTML;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(text.textContent ?? "");
      said.textContent = "Copied.";
      button.textContent = "Copied";
      setTimeout(() => {
        button.innerHTML = label;
        said.textContent = "";
      }, SAID_FOR_MS);
    });
  }
}

customElements.define("copy-text", CopyText);
