/**
 * Puts text on the clipboard. The clipboard API exists on https and loopback only; elsewhere an invisible text field
 * and the old command do it.
 * @returns whether it worked
 */
export async function copyText(text: string): Promise<boolean> {
  if (navigator.clipboard !== undefined) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => copyByField(text),
    );
  }
  return copyByField(text);
}

function copyByField(text: string): boolean {
  const field = document.createElement("textarea");
  field.value = text;
  field.className = "sr-only";
  field.setAttribute("aria-hidden", "true");
  // inside an open dialog, because focus may not leave it
  const place = document.querySelector("[role=dialog], [role=alertdialog]") ?? document.body;
  const before = document.activeElement;
  place.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return done;
}
