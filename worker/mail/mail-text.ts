import type { EpochMs } from "#domain/integrity/signal.ts";
import type { MailLanguage } from "#protocol/http/mail.ts";

/** A mail's words, twice: mail programs show the one or the other. */
export type MailText = { readonly subject: string; readonly text: string; readonly html: string };

type Part = { readonly say: string } | { readonly link: string; readonly words: string };

export type LinkMail = {
  readonly institution: string;
  readonly sitting: string;
  readonly name: string;
  readonly opensAt: EpochMs;
  readonly closesAt: EpochMs;
  readonly link: string;
  readonly checkLink: string;
};

export type ProctorMail = Omit<LinkMail, "checkLink">;

export type InvitationMail = {
  readonly institution: string;
  readonly name: string;
  readonly link: string;
  readonly expiresAt: EpochMs;
};

type Words = {
  readonly hello: (name: string) => string;
  readonly linkSubject: (sitting: string) => string;
  readonly linkWhen: (sitting: string, from: string, to: string) => string;
  readonly linkOpen: string;
  readonly linkSecret: string;
  readonly check: string;
  readonly proctorSubject: (sitting: string) => string;
  readonly proctorWhen: (sitting: string, from: string, to: string) => string;
  readonly proctorOpen: string;
  readonly invitationSubject: (institution: string) => string;
  readonly invitationWhy: (institution: string, until: string) => string;
  readonly invitationOpen: string;
  readonly invitationSecret: string;
  readonly from: (institution: string) => string;
};

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    hello: (name) => `Hello ${name},`,
    linkSubject: (sitting) => `Your link for ${sitting}`,
    linkWhen: (sitting, from, to) => `you can begin ${sitting} between ${from} and ${to}.`,
    linkOpen: "Open your exam",
    linkSecret: "This link is yours alone: do not pass it on. It belongs to the first browser that begins with it.",
    check: "Check your computer some days before",
    proctorSubject: (sitting) => `You proctor ${sitting}`,
    proctorWhen: (sitting, from, to) => `you have been assigned to proctor ${sitting}, from ${from} to ${to}.`,
    proctorOpen: "Open your live sessions",
    invitationSubject: (institution) => `Your way in to ${institution}`,
    invitationWhy: (institution, until) =>
      `with this link you choose a password and sign in as a member of ${institution}. It works once, until ${until}.`,
    invitationOpen: "Choose a password",
    invitationSecret: "Whoever opens it chooses the password: do not pass it on. If you expected nothing, do nothing.",
    from: (institution) => `Sent for ${institution}.`,
  },
  de: {
    hello: (name) => `Guten Tag ${name},`,
    linkSubject: (sitting) => `Ihr Link für ${sitting}`,
    linkWhen: (sitting, from, to) => `Sie können ${sitting} zwischen ${from} und ${to} beginnen.`,
    linkOpen: "Prüfung öffnen",
    linkSecret:
      "Dieser Link ist nur für Sie: Geben Sie ihn nicht weiter. Er gehört dem ersten Browser, der mit ihm beginnt.",
    check: "Prüfen Sie Ihren Computer einige Tage vorher",
    proctorSubject: (sitting) => `Sie beaufsichtigen ${sitting}`,
    proctorWhen: (sitting, from, to) => `Sie sind als Aufsicht für ${sitting} eingeteilt, von ${from} bis ${to}.`,
    proctorOpen: "Ihre laufenden Sitzungen öffnen",
    invitationSubject: (institution) => `Ihr Zugang zu ${institution}`,
    invitationWhy: (institution, until) =>
      `mit diesem Link wählen Sie ein Passwort und melden sich bei ${institution} an. Er gilt einmal, bis ${until}.`,
    invitationOpen: "Passwort wählen",
    invitationSecret:
      "Wer ihn öffnet, wählt das Passwort: Geben Sie ihn nicht weiter. Haben Sie nichts erwartet, tun Sie nichts.",
    from: (institution) => `Gesendet für ${institution}.`,
  },
  fr: {
    hello: (name) => `Bonjour ${name},`,
    linkSubject: (sitting) => `Votre lien pour ${sitting}`,
    linkWhen: (sitting, from, to) => `vous pouvez commencer ${sitting} entre le ${from} et le ${to}.`,
    linkOpen: "Ouvrir votre examen",
    linkSecret:
      "Ce lien est personnel : ne le transmettez pas. Il appartient au premier navigateur qui commence avec lui.",
    check: "Vérifiez votre ordinateur quelques jours avant",
    proctorSubject: (sitting) => `Vous surveillez ${sitting}`,
    proctorWhen: (sitting, from, to) => `vous surveillez ${sitting}, du ${from} au ${to}.`,
    proctorOpen: "Ouvrir vos sessions en direct",
    invitationSubject: (institution) => `Votre accès à ${institution}`,
    invitationWhy: (institution, until) =>
      `avec ce lien vous choisissez un mot de passe et vous connectez comme membre de ${institution}. Il sert une fois, jusqu'au ${until}.`,
    invitationOpen: "Choisir un mot de passe",
    invitationSecret:
      "Qui l'ouvre choisit le mot de passe : ne le transmettez pas. Si vous n'attendiez rien, ne faites rien.",
    from: (institution) => `Envoyé pour ${institution}.`,
  },
};

/** [M1] What a candidate gets with their link. */
export function linkMail(language: MailLanguage, mail: LinkMail): MailText {
  const say = words[language];
  const { name, sitting, opensAt, closesAt, link, checkLink, institution } = mail;
  return textOf(language, say.linkSubject(sitting), [
    { say: say.hello(name) },
    { say: say.linkWhen(sitting, momentOf(language, opensAt), momentOf(language, closesAt)) },
    { link, words: say.linkOpen },
    { say: say.linkSecret },
    { link: checkLink, words: say.check },
    { say: say.from(institution) },
  ]);
}

/** [M1] What a proctor gets when a sitting becomes theirs. */
export function proctorMail(language: MailLanguage, mail: ProctorMail): MailText {
  const say = words[language];
  const { name, sitting, opensAt, closesAt, link, institution } = mail;
  return textOf(language, say.proctorSubject(sitting), [
    { say: say.hello(name) },
    { say: say.proctorWhen(sitting, momentOf(language, opensAt), momentOf(language, closesAt)) },
    { link, words: say.proctorOpen },
    { say: say.from(institution) },
  ]);
}

/** [M6] What somebody gets who is to be a member, or who lost the way in. */
export function invitationMail(language: MailLanguage, mail: InvitationMail): MailText {
  const say = words[language];
  const { name, institution, link, expiresAt } = mail;
  return textOf(language, say.invitationSubject(institution), [
    { say: say.hello(name) },
    { say: say.invitationWhy(institution, momentOf(language, expiresAt)) },
    { link, words: say.invitationOpen },
    { say: say.invitationSecret },
    { say: say.from(institution) },
  ]);
}

/** Where its reader is, nobody knows: the time is the one that is the same everywhere, and says so. */
function momentOf(language: MailLanguage, at: EpochMs): string {
  return `${new Intl.DateTimeFormat(language, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" }).format(at)} UTC`;
}

function textOf(language: MailLanguage, subject: string, parts: readonly Part[]): MailText {
  const text = parts.map((part) => ("say" in part ? part.say : `${part.words}:\n${part.link}`)).join("\n\n");
  const html = parts.map((part) =>
    "say" in part
      ? `<p>${escaped(part.say)}</p>`
      : `<p><a href="${escaped(part.link)}">${escaped(part.words)}</a><br>${escaped(part.link)}</p>`,
  );
  return {
    subject: oneLine(subject),
    text: `${text}\n`,
    html: `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escaped(oneLine(subject))}</title></head><body>${html.join("")}</body></html>`,
  };
}

/** [M3] A header ends where its line does: a title with a line break in it must not begin another. */
function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  return text.replaceAll(/[\u0000-\u001f\u007f\u0085\u2028\u2029]+/g, " ").trim();
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
