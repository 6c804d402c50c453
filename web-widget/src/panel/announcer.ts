/** A region outside of the panel whose changes are read out. */
export function createAnnouncer(): HTMLElement {
  const region = document.createElement('div');
  region.className = 'hidden';
  region.setAttribute('role', 'status');
  return region;
}

/** Says the text once, also when it is the same as before. */
export function announce(region: HTMLElement, text: string): void {
  region.textContent = '';
  setTimeout(() => (region.textContent = text), 100);
}
