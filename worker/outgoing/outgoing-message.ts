import type { DeliveryId, TenantId } from "#domain/exam/ids.ts";

/** What a message of the queue asks for. What is to be sent is in the database, and read when it is sent. */
export type OutgoingMessage = {
  readonly send: "webhook";
  readonly tenantId: TenantId;
  readonly deliveryId: DeliveryId;
};
