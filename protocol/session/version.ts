/** The version of the session protocol. Raise it whenever a message's shape changes; a test compares the shapes' hash. */
export const protocolVersion = 5;

/** The largest socket message, in bytes; a larger one closes its socket. */
export const largestMessageBytes = 64 * 1024;

/** The longest text that a candidate writes to the proctor, in UTF-16 code units. */
export const longestMessage = 1_000;

/** The bytes that the runtime answers by itself, without waking the session. */
export const ping = "ping";
export const pong = "pong";

/** Why a session closed a socket. 4000 to 4999 are an application's own (RFC 6455, 7.4.2). */
export const closeCodes = {
  /** Not JSON, not a known message, or not allowed to be said by this side. */
  badMessage: 4400,
  /** The sign-in or the link is not, or no longer, good for this session. */
  notAllowed: 4403,
  /** The console has not read for a long time. It may come back. */
  tooSlow: 4408,
  /** The same candidate opened the exam in a newer tab. */
  replaced: 4409,
  /** What is stored of the attempt cannot be read: it is untouched, and people have to decide how it goes on. */
  setAside: 4423,
  /** More came than people make, also after it was asked to slow down; or too many sockets. It may come back, later. */
  tooMuch: 4429,
  /** RFC 6455's own code for a message that is too big. */
  tooLarge: 1009,
} as const;
