import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import { randomToken } from "./auth/random-token.ts";
import { problem } from "./problem.ts";

/**
 * The client's files and pages. The asset store answers a path that it does not have with the app's page, which is right
 * for `/manage/exams` and wrong for `/assets/gone.js`: a browser would run HTML as a script. A path that names a file is
 * either that file or 404.
 */
export async function servePage(c: Context<AppEnv>): Promise<Response> {
  const { pathname } = new URL(c.req.url);
  const asset = await c.env.ASSETS.fetch(c.req.raw);
  const isHtml = asset.headers.get("content-type")?.startsWith("text/html") ?? false;
  const namesFile = pathname.startsWith("/assets/") || /\.[a-z0-9]+$/i.test(pathname);
  if (isHtml && namesFile && !pathname.endsWith(".html")) return problem(c, "not-found");
  if (isHtml && asset.ok) return pageWithNonce(c, asset);
  // The store's answer is immutable, and headers are to be added to it.
  const answer = new Response(asset.body, asset);
  // Vite puts a hash of the content into these names.
  if (pathname.startsWith("/assets/") && asset.ok) {
    answer.headers.set("cache-control", "public, max-age=31536000, immutable");
  }
  return answer;
}

/**
 * The page, with a nonce that the policy of this answer names too (./security-headers.ts). It is never kept: the nonce of a
 * page of before is not in the policy that would come with "not modified".
 */
async function pageWithNonce(c: Context<AppEnv>, asset: Response): Promise<Response> {
  const nonce = randomToken(16);
  c.set("styleNonce", nonce);
  const headers = new Headers(asset.headers);
  for (const name of ["etag", "last-modified", "content-length"]) headers.delete(name);
  headers.set("cache-control", "no-store");
  return new Response((await asset.text()).replace("{{nonce}}", nonce), { headers });
}
