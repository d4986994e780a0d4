import type { DeliveryId, MailId, TenantId } from "#domain/exam/ids.ts";

/** What is to be sent is in the database, and read when it is sent. */
export type OutgoingEvent = {
  readonly send: "webhook";
  readonly tenantId: TenantId;
  readonly deliveryId: DeliveryId;
};

/** The whole mail: its text may hold a link, and of a link no copy is kept. */
export type OutgoingMail = {
  readonly send: "mail";
  readonly tenantId: TenantId;
  readonly mailId: MailId;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

export type OutgoingMessage = OutgoingEvent | OutgoingMail;
