import { createMessageBatch } from "cloudflare:test";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { MailList } from "#protocol/http/mail.ts";
import type { InvitedMembers } from "#protocol/http/member.ts";
import type { Invitation } from "#protocol/http/member.ts";
import type { IssuedLink } from "#protocol/http/registration.ts";
import type { Sitting } from "#protocol/http/sitting.ts";
import type { CandidateId } from "#domain/exam/ids.ts";
import { deletionWriter } from "#worker/database/deletion-writer.ts";
import { linkMail, proctorMail } from "#worker/mail/mail-text.ts";
import type { OutgoingMail, OutgoingMessage } from "#worker/outgoing/outgoing-message.ts";
import { takeBatch } from "#worker/outgoing/take-batch.ts";
import {
  call,
  env,
  jsonOf,
  lin,
  mallory,
  openSchools,
  type Person,
  pia,
  rosa,
  scheduleSitting,
  staffCookie,
} from "#test/support/school.ts";

type Sent = { readonly from: string; readonly to: string; readonly subject: string; readonly text: string };

let sent: Sent[] = [];
let queued: OutgoingMail[] = [];
/** How large each call to the queue was. */
let calls: number[] = [];

beforeEach(async () => {
  await openSchools();
  sent = [];
  queued = [];
  calls = [];
  vi.spyOn(env.MAIL, "send").mockImplementation((mail: unknown) => {
    sent.push(mail as Sent);
    return Promise.resolve({ messageId: "1" });
  });
  vi.spyOn(env.OUTGOING, "sendBatch").mockImplementation((messages) => {
    calls.push(JSON.stringify([...messages]).length);
    for (const { body } of messages) if (body.send === "mail") queued.push(body);
    return Promise.resolve({ metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } } });
  });
});
afterEach(() => void vi.restoreAllMocks());

/** As the queue hands it over, for the `attempts`th time. */
async function take(body: OutgoingMail, attempts = 1, queue = "invigil-outgoing") {
  const batch = createMessageBatch<OutgoingMessage>(queue, [{ id: "m", timestamp: Date.now(), attempts, body }]);
  const [message] = batch.messages as [Message<OutgoingMessage>];
  const retry = vi.spyOn(message, "retry");
  await takeBatch(batch, env);
  return retry.mock.calls[0]?.[0]?.delaySeconds ?? null;
}

async function mails(query = "", who: Person = rosa): Promise<MailList["mails"]> {
  return (await jsonOf<MailList>(await call("GET", `/v1/mails${query}`, { cookie: await staffCookie(who) }))).mails;
}

async function add(sitting: Sitting, sendByEmail: boolean): Promise<readonly IssuedLink[]> {
  const candidates = [
    { name: "Newton", email: "newton@people.example" },
    { name: "Nobody", email: null },
  ];
  const body = { candidates, sendByEmail };
  const path = `/v1/sittings/${sitting.id}/registrations`;
  return (await jsonOf<{ links: IssuedLink[] }>(await call("POST", path, { cookie: await staffCookie(rosa), body })))
    .links;
}

describe("a candidate's link", () => {
  it("[M2] is sent to those who have an address, if that was asked, and the list says so without the link", async () => {
    const { sitting } = await scheduleSitting();
    queued = [];
    await add(sitting, false);
    expect(queued).toEqual([]);
    const [newton] = (await add(sitting, true)) as [IssuedLink];
    expect(await mails("?status=waiting")).toMatchObject([
      { kind: "candidate-link", to: "newton@people.example", sittingId: sitting.id },
      { kind: "proctor-assigned" },
    ]);
    await take(queued[0]!);
    expect(sent).toMatchObject([
      { from: "exams@invigil.example", to: "newton@people.example", subject: "Your link for Spring" },
    ]);
    expect(sent[0]?.text).toContain(newton.link);
    expect(await mails("?status=sent")).toMatchObject([{ to: "newton@people.example", sentAt: expect.any(Number) }]);
    expect(JSON.stringify((await env.DB.prepare("select * from mails").all()).results)).not.toContain("/sit#");
    await take(queued[0]!);
    expect(sent).toHaveLength(1);
  });

  it("[M2] that cannot be sent is tried later and later, and then listed as failed", async () => {
    const { sitting } = await scheduleSitting();
    queued = [];
    await add(sitting, true);
    vi.spyOn(env.MAIL, "send").mockRejectedValue(new Error("no such mailbox"));
    const delays: (number | null)[] = [];
    for (let attempts = 1; attempts <= 5; attempts += 1) delays.push(await take(queued[0]!, attempts));
    expect(delays).toEqual([60, 300, 1_800, 7_200, null]);
    expect(await mails("?status=failed")).toMatchObject([{ to: "newton@people.example", sentAt: null }]);
  });

  it("[M2] is issued and shown though the queue cannot be reached, and the mail is listed as failed", async () => {
    const { sitting } = await scheduleSitting();
    vi.spyOn(env.OUTGOING, "sendBatch").mockRejectedValue(new Error("no queue"));
    expect(await add(sitting, true)).toHaveLength(2);
    expect(await mails("?status=failed")).toMatchObject([{ to: "newton@people.example" }]);
  });

  it("[M2] of members invited together is told with their links, where some cannot be queued or none can be kept", async () => {
    const cookie = await staffCookie(rosa);
    const invite = async (from: number, sendByEmail = true) => {
      const members = Array.from({ length: 60 }, (_, at) => {
        return { name: "Emmy", email: `person.${from + at}@school.example`, roles: [], customRoleIds: [] };
      });
      const answer = await call("POST", "/v1/members/bulk", { cookie, body: { members, sendByEmail } });
      const { invited } = await jsonOf<InvitedMembers>(answer);
      expect(new Set(invited.map(({ link }) => link)).size).toBe(60);
      return Object.entries(Object.groupBy(invited, ({ mail }) => String(mail))).map(([mail, all = []]) => [
        mail,
        all.length,
      ]);
    };
    vi.spyOn(env.OUTGOING, "sendBatch").mockRejectedValueOnce(new Error("no queue"));
    expect(await invite(0)).toEqual([
      ["failed", 25],
      ["queued", 35],
    ]);
    expect(await mails("?status=failed")).toHaveLength(25);
    await env.DB.exec("create trigger full before insert on mails begin select raise(abort, 'full'); end");
    expect(await invite(100)).toEqual([["failed", 60]]);
    expect(await mails("?status=failed")).toHaveLength(25);
    expect(await invite(200, false)).toEqual([["null", 60]]);
  });

  it("[M4] goes from the list when the person is erased, and no other does", async () => {
    const { sitting } = await scheduleSitting();
    await add(sitting, true);
    const id = await env.DB.prepare("select id from candidates where name = 'Newton'").first<CandidateId>("id");
    await deletionWriter(env.DB, rosa.tenantId).personErased(id!, Date.now());
    expect(await mails()).toMatchObject([{ kind: "proctor-assigned" }]);
  });

  it("[M4] is nobody's business in another institution", async () => {
    const { sitting } = await scheduleSitting();
    await add(sitting, true);
    expect(await mails("", mallory)).toEqual([]);
    expect(await mails(`?sitting=${sitting.id}`, mallory)).toEqual([]);
    expect(await mails(`?sitting=${sitting.id}`)).toHaveLength(2);
  });
});

describe("a link that is issued again", () => {
  it("[M6] is sent to its candidate if that was asked, and not otherwise or where there is no address", async () => {
    const { sitting, links } = await scheduleSitting();
    queued = [];
    const cookie = await staffCookie(rosa);
    const replace = async (place: number, body: unknown) => {
      const path = `/v1/sittings/${sitting.id}/registrations/${links[place]!.registrationId}/link`;
      return (await jsonOf<{ links: [IssuedLink] }>(await call("POST", path, { cookie, body }))).links[0].link;
    };
    await replace(0, {});
    await replace(1, { sendByEmail: true });
    expect(queued).toEqual([]);
    const link = await replace(0, { sendByEmail: true });
    expect(queued).toMatchObject([{ to: "ada@people.example", subject: "Your link for Spring" }]);
    expect(queued[0]?.text).toContain(link);
  });
});

describe("a member's way in", () => {
  const newton = { name: "Newton", email: "newton@school.example", roles: ["author"], customRoleIds: [] };

  it.each([
    ["en", "Your way in to School of the North", "Choose a password"],
    ["de", "Ihr Zugang zu School of the North", "Passwort wählen"],
    ["fr", "Votre accès à School of the North", "Choisir un mot de passe"],
  ])(
    "[M6] is sent if that was asked, when they are invited and when it is issued again, in %s",
    async (language, subject, words) => {
      await env.DB.prepare("update tenants set language = ? where id = 'north'").bind(language).run();
      const cookie = await staffCookie(rosa);
      const body = { ...newton, sendByEmail: true };
      const first = await jsonOf<Invitation>(await call("POST", "/v1/members", { cookie, body }));
      const path = `/v1/members/${first.member.memberId}/invitation`;
      await jsonOf(await call("POST", path, { cookie }));
      const again = await jsonOf<Invitation>(await call("POST", path, { cookie, body: { sendByEmail: true } }));
      expect(queued.map((mail) => [mail.to, mail.subject])).toEqual([
        ["newton@school.example", subject],
        ["newton@school.example", subject],
      ]);
      expect(queued[0]?.text).toContain(words);
      expect(queued.map(({ text }) => /\/invitation#\S+/.exec(text)?.[0])).toEqual(
        [first, again].map(({ link }) => link.slice(link.indexOf("/invitation"))),
      );
      expect(await mails()).toMatchObject([
        { kind: "member-invitation", sittingId: null },
        { kind: "member-invitation", to: "newton@school.example" },
      ]);
      expect(JSON.stringify((await env.DB.prepare("select * from mails").all()).results)).not.toContain("#");
    },
  );

  it("[M6] is sent to each of many who are invited at once", async () => {
    const cookie = await staffCookie(rosa);
    const members = Array.from({ length: 60 }, (_, at) => ({ ...newton, email: `member.${at}@school.example` }));
    await jsonOf(await call("POST", "/v1/members/bulk", { cookie, body: { members } }));
    expect(queued).toEqual([]);
    const others = members.map((member) => ({ ...member, email: `other.${member.email}` }));
    await jsonOf(await call("POST", "/v1/members/bulk", { cookie, body: { members: others, sendByEmail: true } }));
    expect(queued.map(({ to }) => to)).toEqual(others.map(({ email }) => email));
  });
});

describe("five thousand mails", () => {
  it("[M7] are queued in as many and as large calls as one request may make, and listed", async () => {
    const { sitting } = await scheduleSitting();
    await env.DB.prepare("update sittings set title = ?").bind("Ü".repeat(200)).run();
    queued = [];
    calls = [];
    const long = "é".repeat(20);
    const candidates = Array.from({ length: 5_000 }, (_, at) => ({
      name: `${long} ${at}`,
      email: `${"a".repeat(20)}.${at}@${"university-of-the-north.".repeat(2)}example`,
    }));
    const path = `/v1/sittings/${sitting.id}/registrations`;
    const body = { candidates, sendByEmail: true };
    const { status } = await call("POST", path, { cookie: await staffCookie(rosa), body });
    expect(status).toBe(201);
    expect(new Set(queued.map(({ to }) => to)).size).toBe(5_000);
    // A Worker may ask the platform 1,000 times in a request, and does more in this one than to queue.
    expect(calls.length).toBeLessThanOrEqual(200);
    expect(Math.max(...calls), "characters in one call").toBeLessThan(256_000);
    expect(await env.DB.prepare("select count(*) as n from mails where status = 'waiting'").first("n")).toBe(5_001);
  }, 90_000);
});

describe("the platform's own binding", () => {
  it("[M2] takes a mail of ours", async () => {
    const { sitting } = await scheduleSitting();
    await add(sitting, true);
    vi.restoreAllMocks();
    expect(await take(queued.at(-1)!)).toBeNull();
    expect(await mails("?status=sent")).toMatchObject([{ to: "newton@people.example" }]);
  });
});

describe("a proctor", () => {
  it("[M2] is told once that a sitting is theirs, in the institution's language", async () => {
    await env.DB.prepare("update tenants set language = 'de' where id = 'north'").run();
    const { sitting } = await scheduleSitting();
    const body = { memberIds: [lin.id, pia.id] };
    await call("PUT", `/v1/sittings/${sitting.id}/proctors`, { cookie: await staffCookie(rosa), body });
    expect(queued.map(({ to, subject }) => [to, subject])).toEqual([
      ["lin@school.example", "Sie beaufsichtigen Spring"],
      ["pia@school.example", "Sie beaufsichtigen Spring"],
    ]);
  });
});

describe("the text of a mail", () => {
  const mail = {
    institution: "North & Sons",
    sitting: "Spring <b>\r\nBcc: everybody@people.example",
    name: 'Ada "<script>"',
    opensAt: Date.UTC(2026, 10, 21, 9),
    closesAt: Date.UTC(2026, 10, 21, 11),
    link: "https://invigil.test/sit#token&more",
    checkLink: "https://invigil.test/check",
  };

  it("[M3] has no header but its own and no markup that somebody typed", () => {
    const { subject, html, text } = linkMail("en", mail);
    expect(subject).toBe("Your link for Spring <b> Bcc: everybody@people.example");
    expect(html).not.toMatch(/<script>|<b>/);
    expect(html).toContain("Ada &quot;&lt;script&gt;&quot;");
    expect(html).toContain('href="https://invigil.test/sit#token&amp;more"');
    expect(html).not.toMatch(/<img|src=|url\(/);
    expect(text).toContain("https://invigil.test/sit#token&more");
  });

  it.each([
    ["en", "Saturday, November 21, 2026", "Open your exam"],
    ["de", "Samstag, 21. November 2026", "Prüfung öffnen"],
    ["fr", "samedi 21 novembre 2026", "Ouvrir votre examen"],
  ] as const)("[M1] says when, by the clock that is the same everywhere, in %s", (language, date, open) => {
    const { text, html } = linkMail(language, mail);
    expect(text).toContain(date);
    expect(text).toContain("UTC");
    expect(text).toContain(open);
    expect(html).toContain(`lang="${language}"`);
    expect(proctorMail(language, mail).text).toContain(date);
  });
});
