const key = "invigil-page";

/** How long a page that is being loaded anew may take to let go of its name. */
const letsGoWithinMs = 500;

let named: Promise<string> | null = null;

/**
 * The name of this page, to tell pages of one browser apart. A reload keeps it. A duplicate of a tab comes with a copy of
 * the name, and gets one of its own, because the first page still holds it.
 */
export function pageId(): Promise<string> {
  named ??= nameThisPage();
  return named;
}

async function nameThisPage(): Promise<string> {
  const before = remembered();
  if (before !== null && (await hold(before))) return before;
  const fresh = crypto.randomUUID();
  await hold(fresh);
  remember(fresh);
  return fresh;
}

/** Holds a name for as long as this document lives. False when another page holds it. */
function hold(name: string): Promise<boolean> {
  const locks = navigator.locks as LockManager | undefined; // not there outside of a secure context
  if (locks === undefined) return Promise.resolve(true);
  const patience = AbortSignal.timeout(letsGoWithinMs);
  return new Promise((resolve) => {
    const held = locks.request(`${key} ${name}`, { signal: patience }, () => {
      resolve(true);
      return new Promise<never>(() => {});
    });
    held.catch(() => resolve(false)); // the time is over
  });
}

/** Storage may be switched off: then a reload is a new page. */
function remembered(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(name: string): void {
  try {
    sessionStorage.setItem(key, name);
  } catch {
    // The page goes on under its name until it is left.
  }
}
