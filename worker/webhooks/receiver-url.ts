/** Why no events are sent to an address, for the person who gave it. */
export type ReceiverFault = string;

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Whether the host of a URL, as `URL` writes it, is this computer itself. */
function isLoopback(hostname: string): boolean {
  return loopback.test(hostname);
}

/**
 * [W5] Whether events may be sent there; null when they may. https to a name that others can look up: an address in digits, a
 * name without a dot and a name of a private network could be within the network of whoever runs this. Where the Worker
 * itself is on loopback, it is somebody's own computer, and plain http to the same is taken too.
 */
export function receiverFault(text: string, workerHost: string): ReceiverFault | null {
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return "An address with a user name or a password is not taken.";
  if (isLoopback(url.hostname) && isLoopback(workerHost)) {
    return url.protocol === "http:" || url.protocol === "https:" ? null : "Only http and https are taken.";
  }
  if (url.protocol !== "https:") return "The address has to begin with https://.";
  // `URL` writes every way of putting an IPv4 address down, as 0x7f.1 or 2130706433, in four decimal parts.
  const isAddress = url.hostname.startsWith("[") || /^\d+(\.\d+){3}$/.test(url.hostname);
  if (isAddress) return "Give the name of the computer: an address in digits is not taken.";
  const host = url.hostname.replace(/\.$/, "");
  if (!host.includes(".") || /\.(localhost|local|internal|intranet|lan|home\.arpa|onion)$/.test(host)) {
    return "The name has to be one that can be looked up from anywhere.";
  }
  return null;
}
