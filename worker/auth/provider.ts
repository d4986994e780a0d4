import * as oauth from "oauth4webapi";
import type { StoredProvider } from "../database/single-sign-on-reader.ts";
import { receiverFault } from "../webhooks/receiver-url.ts";

/** How long a provider has for an answer, and how much of one is read. */
const patienceMs = 5_000;
const longestAnswerBytes = 200_000;

/** What only this browser's way to the provider and back knows. */
export type Secrets = { readonly state: string; readonly nonce: string; readonly verifier: string };

/** Who the provider says that somebody is; `email` is in lower case, and null where it does not vouch for one. */
export type ProvenIdentity = { readonly subject: string; readonly email: string | null };

/**
 * Whether somebody may be sent there and asked there: where webhooks may be sent to, that is https at a public name, without
 * a user and password in it, and on this computer alone, where there is no certificate, also http. [G64]
 */
export function isProviderAddress(address: string, own: URL): boolean {
  const url = URL.parse(address);
  return url !== null && url.hash === "" && receiverFault(address, own.hostname) === null;
}

/** A provider that was asked what it is. Throws where it does not answer as one. */
export async function discover(provider: Pick<StoredProvider, "issuer">, own: URL): Promise<oauth.AuthorizationServer> {
  const issuer = new URL(provider.issuer);
  const answer = await oauth.discoveryRequest(issuer, requestOptions(own));
  const server = await oauth.processDiscoveryResponse(issuer, answer);
  for (const address of [server.authorization_endpoint, server.token_endpoint, server.jwks_uri]) {
    if (address === undefined || !isProviderAddress(address, own))
      throw new Error("The provider names no usable address");
  }
  return server;
}

/** Where the browser goes, and what is kept in it meanwhile. */
export async function authorizationOf(
  server: oauth.AuthorizationServer,
  { clientId }: Pick<StoredProvider, "clientId">,
  callback: string,
): Promise<{ readonly address: string; readonly secrets: Secrets }> {
  const secrets = {
    state: oauth.generateRandomState(),
    nonce: oauth.generateRandomNonce(),
    verifier: oauth.generateRandomCodeVerifier(),
  };
  const url = new URL(server.authorization_endpoint ?? "");
  for (const [name, value] of Object.entries({
    client_id: clientId,
    redirect_uri: callback,
    response_type: "code",
    scope: "openid email",
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await oauth.calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: "S256",
  })) {
    url.searchParams.set(name, value);
  }
  return { address: url.href, secrets };
}

/**
 * Who came back from the provider. `refused`: the provider, or the person there, said no. Throws for all that is not as it
 * was agreed: state, nonce, code, signature, issuer, audience, time. [G61]
 */
export async function identityOf(
  provider: Pick<StoredProvider, "issuer" | "clientId"> & { readonly clientSecret: string },
  secrets: Secrets,
  callbackUrl: URL,
  callback: string,
): Promise<ProvenIdentity | "refused"> {
  const server = await discover(provider, callbackUrl);
  const client: oauth.Client = { client_id: provider.clientId, [oauth.clockTolerance]: 60 };
  const parameters = answerIn(server, client, callbackUrl, secrets.state);
  if (parameters === "refused") return "refused";
  const options = requestOptions(callbackUrl);
  const authentication = oauth.ClientSecretPost(provider.clientSecret);
  const answer = await oauth.authorizationCodeGrantRequest(
    server,
    client,
    authentication,
    parameters,
    callback,
    secrets.verifier,
    options,
  );
  const expected = { expectedNonce: secrets.nonce, requireIdToken: true };
  const tokens = await oauth.processAuthorizationCodeResponse(server, client, answer, expected);
  await oauth.validateApplicationLevelSignature(server, answer, options);
  const claims = oauth.getValidatedIdTokenClaims(tokens);
  if (claims === undefined) throw new Error("The provider gave no id token");
  const told = await emailIn(server, client, tokens, claims, options);
  const { email, email_verified: isVerified } = told;
  const isVouchedFor = typeof email === "string" && isVerified === true;
  return { subject: claims.sub, email: isVouchedFor ? email.toLowerCase() : null };
}

/** Who keeps to the letter of OpenID Connect Core, section 5.4, tells the address at a door of its own. */
async function emailIn(
  server: oauth.AuthorizationServer,
  client: oauth.Client,
  tokens: oauth.TokenEndpointResponse,
  claims: oauth.IDToken,
  options: ReturnType<typeof requestOptions>,
): Promise<oauth.IDToken | oauth.UserInfoResponse> {
  if (claims["email"] !== undefined || server.userinfo_endpoint === undefined) return claims;
  const answer = await oauth.userInfoRequest(server, client, tokens.access_token, options);
  return oauth.processUserInfoResponse(server, client, claims.sub, answer);
}

function answerIn(server: oauth.AuthorizationServer, client: oauth.Client, url: URL, state: string) {
  try {
    return oauth.validateAuthResponse(server, client, url, state);
  } catch (error) {
    // What the provider says itself, such as `access_denied`. Everything else is not as it was agreed.
    if (error instanceof oauth.AuthorizationResponseError) return "refused";
    throw error;
  }
}

/** What the library wants to ask a provider. */
type Asked = {
  readonly method: "GET" | "POST";
  readonly headers: Record<string, string>;
  readonly body?: URLSearchParams | undefined;
  readonly signal?: AbortSignal | undefined;
};

function requestOptions(own: URL) {
  return {
    [oauth.allowInsecureRequests]: isLoopback(own),
    [oauth.customFetch]: (address: string, init: Asked) => ask(address, init, own),
    signal: () => AbortSignal.timeout(patienceMs),
  };
}

/** No redirect is followed, and no more is read than an answer has. */
async function ask(address: string, { method, headers, body, signal }: Asked, own: URL): Promise<Response> {
  if (!isProviderAddress(address, own)) throw new Error("The provider names no usable address");
  const answer = await fetch(address, {
    method,
    headers,
    redirect: "manual",
    body: body ?? null,
    signal: signal ?? AbortSignal.timeout(patienceMs),
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > longestAnswerBytes) throw new Error("The provider's answer is too long");
    chunks.push(chunk);
  }
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status: answer.status, headers: answer.headers });
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
}
