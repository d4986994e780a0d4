import { Text } from "@mantine/core";
import { Fragment } from "react";
import { type Permission, permissionWords } from "#domain/access/permission.ts";
import type { Endpoint, SchemaNode } from "./api-document.ts";
import styles from "./api-reference.module.css";
import { SchemaParts } from "./schema-parts.tsx";
import { schemaWords } from "./schema-words.ts";

type EndpointViewProps = { readonly endpoint: Endpoint; readonly named: Readonly<Record<string, SchemaNode>> };

const ways: Readonly<Record<string, string>> = {
  key: "a program with a key",
  member: "a member who is signed in",
  candidate: "the candidate, in the browser that checked in",
  operator: "the operator of the installation",
};

/** Everything of one operation. */
export function EndpointView({ endpoint: { method, path, operation }, named }: EndpointViewProps) {
  const { parameters, requestBody, responses, security } = operation;
  const who = security.flatMap((one) => Object.keys(one)).map((way) => ways[way] ?? way);
  const needs = operation["x-permissions"].map((one) => permissionWords[one as Permission]);
  const answers = Object.entries(responses);
  return (
    <div className={styles["endpoint"]}>
      <Text size="sm">
        For {who.length === 0 ? "everybody" : who.join(", or ")}.
        {needs.length === 0 ? "" : ` Needs the permission “${needs.join("” or “")}”.`}
      </Text>
      {parameters.length === 0 ? null : (
        <>
          <h4>In the address and the headers</h4>
          <ul className={styles["parts"]}>
            {parameters.map((parameter) => (
              <li key={`${parameter.in} ${parameter.name}`}>
                <code>{parameter.name}</code>{" "}
                <span className={styles["words"]}>
                  {parameter.in}, {schemaWords(parameter.schema)}
                  {parameter.required ? "" : ", may be left out"}
                  {parameter.description === undefined ? "" : `. ${parameter.description}`}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
      {Object.entries(requestBody?.content ?? {}).map(([type, { schema }]) => (
        <section key={type} aria-label={`Body of ${method} ${path}, ${type}`}>
          <h4>Body, {type}</h4>
          <Described schema={schema} />
          <SchemaParts schema={schema} named={named} />
        </section>
      ))}
      {answers
        .filter(([status]) => Number(status) < 400)
        .map(([status, { content = {} }]) => (
          <section key={status} aria-label={`Answer ${status} of ${method} ${path}`}>
            <h4>
              {status}
              {Object.keys(content).map((type) => `, ${type}`)}
            </h4>
            {Object.entries(content).map(([type, { schema }]) => (
              <Fragment key={type}>
                <Described schema={schema} />
                <SchemaParts schema={schema} named={named} />
              </Fragment>
            ))}
          </section>
        ))}
      <h4>Refusals</h4>
      <ul className={styles["parts"]}>
        {answers
          .filter(([status]) => Number(status) >= 400)
          .flatMap(([status, { description }]) =>
            description.split("\n\n").map((line) => (
              <li key={line}>
                {status} <Refusal line={line} />
              </li>
            )),
          )}
      </ul>
    </div>
  );
}

/** "`code`: what it means", as the document has it. */
function Refusal({ line }: { readonly line: string }) {
  const [, code, meaning] = /^`([^`]+)`: (.*)$/.exec(line) ?? [null, line, ""];
  return (
    <>
      <code>{code}</code> <span className={styles["words"]}>{meaning}</span>
    </>
  );
}

/** What the description says in words of a body that has no parts: the columns of a CSV. */
function Described({ schema: { description } }: { readonly schema: SchemaNode }) {
  return description === undefined ? null : <p className={styles["words"]}>{description.replaceAll("`", "")}</p>;
}
