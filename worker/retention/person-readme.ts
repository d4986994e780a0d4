import { type DataClass, dataClasses } from "#domain/retention/data-class.ts";
import type { Periods } from "#domain/retention/period.ts";
import type { MailLanguage } from "#protocol/http/mail.ts";

type Words = {
  readonly title: (institution: string, person: string, day: string) => string;
  readonly filesTitle: string;
  /** Each file with what is in it. */
  readonly files: readonly (readonly [name: string, holds: string])[];
  readonly times: string;
  readonly large: (institution: string) => string;
  readonly whyTitle: string;
  readonly days: (days: number) => string;
  readonly classes: Readonly<Record<DataClass, readonly [holds: string, purpose: string]>>;
  readonly rights: (institution: string) => string;
};

const words: Readonly<Record<MailLanguage, Words>> = {
  en: {
    title: (institution, person, day) => `What ${institution} holds on ${person} in Invigil, on ${day}`,
    filesTitle: "What is in the files",
    files: [
      ["person.json", "name, e-mail, and whether a legal hold keeps the data from being deleted"],
      ["mails.json", "what was sent to the address; the text of mails is not kept"],
      ["audit.json", "what the institution's records of its own acts say about the person"],
      ["exam-1/place.json", "the place in a sitting, and the result. A folder for each exam"],
      ["exam-1/log.json", "everything that happened in the exam: answers, messages, what was noted"],
      ["exam-1/scores.json", "the points of each question"],
      ["exam-1/violations.json", "what was noted as a violation, and why"],
      ["exam-1/deleted.json", "what was deleted already, when and why"],
      ["exam-1/pictures/", "photographs of the person, and of moments that were noted"],
      ["exam-1/recording/", "camera, microphone and screen, a file for each time that recording began"],
      ["not-included.json", "only where something could not be read or is too large: what, and why"],
    ],
    times: "Times in the files are milliseconds since 1970-01-01, 00:00 UTC.",
    large: (institution) =>
      `Where a recording is too large for this file, exam-1/recording/links.json has the address of each piece and until when it is good. ${institution} opens them: they are for the member of its staff who made this file.`,
    whyTitle: "Why it is held, and for how long",
    days: (days) => `${days} days`,
    classes: {
      recordings: ["camera, microphone and screen during the exam", "to see what happened where a result is doubted"],
      snapshots: ["pictures at the moment of a violation", "to decide whether it was one"],
      identity: ["face, document and room before the exam", "to know who sat the exam"],
      answers: ["answers, messages and everything else that happened", "to score, to review and to explain a result"],
      results: ["name, e-mail and the points of the whole", "to say for years who has passed"],
      audit: ["which member of the staff did what", "to find out who did what, and that nobody changed it since"],
    },
    rights: (institution) => `To have something corrected or erased, write to ${institution}.`,
  },
  de: {
    title: (institution, person, day) => `Was ${institution} am ${day} in Invigil über ${person} gespeichert hat`,
    filesTitle: "Was in den Dateien steht",
    files: [
      ["person.json", "Name, E-Mail und ob eine Aufbewahrungspflicht das Löschen verhindert"],
      ["mails.json", "was an die Adresse gesendet wurde; der Text der Mails wird nicht aufbewahrt"],
      ["audit.json", "was das Protokoll der Einrichtung über ihr eigenes Handeln zur Person sagt"],
      ["exam-1/place.json", "der Platz in einem Termin und das Ergebnis. Ein Ordner je Prüfung"],
      ["exam-1/log.json", "alles, was in der Prüfung geschah: Antworten, Nachrichten, Auffälligkeiten"],
      ["exam-1/scores.json", "die Punkte jeder Frage"],
      ["exam-1/violations.json", "was als Verstoß vermerkt wurde und warum"],
      ["exam-1/deleted.json", "was schon gelöscht wurde, wann und warum"],
      ["exam-1/pictures/", "Fotos der Person und von Momenten, die vermerkt wurden"],
      ["exam-1/recording/", "Kamera, Mikrofon und Bildschirm, eine Datei je Beginn der Aufnahme"],
      ["not-included.json", "nur wo etwas nicht lesbar oder zu groß war: was und warum"],
    ],
    times: "Zeiten in den Dateien sind Millisekunden seit dem 1. Januar 1970, 00:00 UTC.",
    large: (institution) =>
      `Ist eine Aufnahme zu groß für diese Datei, stehen in exam-1/recording/links.json die Adressen ihrer Teile und bis wann sie gelten. ${institution} öffnet sie: Sie gelten für das Mitglied des Personals, das diese Datei erstellt hat.`,
    whyTitle: "Warum es gespeichert ist und wie lange",
    days: (days) => `${days} Tage`,
    classes: {
      recordings: [
        "Kamera, Mikrofon und Bildschirm während der Prüfung",
        "um zu sehen, was geschah, wenn ein Ergebnis bezweifelt wird",
      ],
      snapshots: ["Bilder vom Moment eines Verstoßes", "um zu entscheiden, ob es einer war"],
      identity: ["Gesicht, Ausweis und Raum vor der Prüfung", "um zu wissen, wer die Prüfung ablegte"],
      answers: [
        "Antworten, Nachrichten und alles andere, was geschah",
        "um ein Ergebnis zu berechnen, zu prüfen und zu erklären",
      ],
      results: ["Name, E-Mail und die Punkte insgesamt", "um auf Jahre sagen zu können, wer bestanden hat"],
      audit: [
        "welches Mitglied des Personals was tat",
        "um festzustellen, wer was tat, und dass es seither niemand änderte",
      ],
    },
    rights: (institution) => `Um etwas berichtigen oder löschen zu lassen, wenden Sie sich an ${institution}.`,
  },
  fr: {
    title: (institution, person, day) => `Ce que ${institution} conserve sur ${person} dans Invigil, le ${day}`,
    filesTitle: "Ce que contiennent les fichiers",
    files: [
      ["person.json", "nom, adresse électronique, et si une obligation légale empêche la suppression"],
      ["mails.json", "ce qui a été envoyé à l'adresse ; le texte des messages n'est pas conservé"],
      ["audit.json", "ce que le journal des actes de l'établissement dit de la personne"],
      ["exam-1/place.json", "la place dans une session et le résultat. Un dossier par examen"],
      ["exam-1/log.json", "tout ce qui s'est passé pendant l'examen : réponses, messages, constats"],
      ["exam-1/scores.json", "les points de chaque question"],
      ["exam-1/violations.json", "ce qui a été noté comme infraction, et pourquoi"],
      ["exam-1/deleted.json", "ce qui est déjà supprimé, quand et pourquoi"],
      ["exam-1/pictures/", "photographies de la personne et des moments notés"],
      ["exam-1/recording/", "caméra, microphone et écran, un fichier par début d'enregistrement"],
      ["not-included.json", "seulement si quelque chose est illisible ou trop volumineux : quoi, et pourquoi"],
    ],
    times: "Les heures dans les fichiers sont en millisecondes depuis le 1er janvier 1970, 00:00 UTC.",
    large: (institution) =>
      `Si un enregistrement est trop volumineux pour ce fichier, exam-1/recording/links.json donne l'adresse de chaque partie et sa fin de validité. ${institution} les ouvre : elles sont pour le membre du personnel qui a créé ce fichier.`,
    whyTitle: "Pourquoi et combien de temps c'est conservé",
    days: (days) => `${days} jours`,
    classes: {
      recordings: [
        "caméra, microphone et écran pendant l'examen",
        "pour voir ce qui s'est passé quand un résultat est contesté",
      ],
      snapshots: ["images du moment d'une infraction", "pour décider si c'en était une"],
      identity: ["visage, document et pièce avant l'examen", "pour savoir qui a passé l'examen"],
      answers: ["réponses, messages et tout ce qui s'est passé", "pour noter, revoir et expliquer un résultat"],
      results: ["nom, adresse électronique et total des points", "pour dire pendant des années qui a réussi"],
      audit: ["quel membre du personnel a fait quoi", "pour savoir qui a fait quoi, et que personne ne l'a changé"],
    },
    rights: (institution) => `Pour faire corriger ou effacer quelque chose, écrivez à ${institution}.`,
  },
};

type About = {
  readonly institution: string;
  readonly person: string;
  readonly madeAt: number;
  readonly periods: Periods;
};

/** [D14] What a person reads first of what is held on them, in the institution's language. Lines end as in every system's editors. */
export function personReadme(language: MailLanguage, { institution, person, madeAt, periods }: About): string {
  const say = words[language];
  const day = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" }).format(madeAt);
  const lines = [
    say.title(institution, person, day),
    "",
    say.filesTitle,
    ...say.files.map(([name, holds]) => `  ${name}: ${holds}`),
    "",
    say.times,
    say.large(institution),
    "",
    say.whyTitle,
    ...dataClasses.map((of) => {
      const [holds, purpose] = say.classes[of];
      return `  ${holds}: ${purpose} (${say.days(periods[of])})`;
    }),
    "",
    say.rights(institution),
  ];
  return `${lines.join("\r\n")}\r\n`;
}
