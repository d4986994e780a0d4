import type { MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";

function contentSecurityPolicy(styleNonce: string | undefined): string {
  return [
    "default-src 'self'",
    // MediaPipe compiles WebAssembly.
    "script-src 'self' 'wasm-unsafe-eval'",
    // Mantine writes its theme's variables into a <style> element.
    styleNonce === undefined ? "style-src 'self'" : `style-src 'self' 'nonce-${styleNonce}'`,
    "worker-src 'self'",
    "connect-src 'self'",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const permissionsPolicy = [
  "camera=(self)",
  "microphone=(self)",
  "display-capture=(self)",
  "fullscreen=(self)",
  "geolocation=()",
  "payment=()",
  "usb=()",
].join(", ");

const always: Readonly<Record<string, string>> = {
  "permissions-policy": permissionsPolicy,
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Puts the headers on every answer but a 101, which the browser reads no policy from and which may not be rebuilt. */
export const securityHeaders: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next();
  if (c.res.status === 101) return;
  const url = new URL(c.req.url);
  c.header("content-security-policy", contentSecurityPolicy(c.var.styleNonce));
  for (const [name, value] of Object.entries(always)) c.header(name, value);
  if (url.protocol === "https:") c.header("strict-transport-security", "max-age=63072000; includeSubDomains");
  if (url.pathname.startsWith("/v1/") && !c.res.headers.has("cache-control")) c.header("cache-control", "no-store");
};
