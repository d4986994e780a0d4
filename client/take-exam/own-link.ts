let link: string | null = null;

/** Keeps the guest link that this page was opened with, which leaves the address at check-in. Nothing is written down. */
export function keepOwnLink(address: string): void {
  link = address;
}

/** Null after the page was loaded anew. */
export function ownLink(): string | null {
  return link;
}
