import type { Context } from "hono";

/**
 * The network address that the platform saw; whoever holds an IPv6 network has 2^64 addresses, so its first half counts.
 * Cloudflare writes this header over whatever was sent.
 */
export function addressOf(c: Context): string {
  const address = c.req.header("cf-connecting-ip") ?? "unknown";
  if (!address.includes(":")) return address;
  const [head = "", tail] = address.split("::", 2);
  const first = head.split(":").filter((part) => part !== "");
  const last = tail === undefined ? [] : tail.split(":").filter((part) => part !== "");
  const zeros = tail === undefined ? 0 : 8 - first.length - last.length;
  const parts = [...first, ...Array.from({ length: Math.max(0, zeros) }, () => "0"), ...last];
  return parts
    .slice(0, 4)
    .map((part) => part.toLowerCase().replace(/^0+(?=.)/, ""))
    .join(":");
}
