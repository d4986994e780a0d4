import { Anchor, Button, Text, TextInput, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { Link, useNavigate } from "react-router";
import { checkCode, checkLines, type CheckResult, type ReadCode, readCheckCode } from "#protocol/system-check.ts";
import { StepHeading } from "../take-exam/step-heading.tsx";
import { PageFrame } from "../ui/page-frame.tsx";
import { ProblemNotice } from "../ui/problem-notice.tsx";
import { CheckRow } from "./check-row.tsx";
import { gradeOf, verdictOf } from "./grade.ts";
import { lineTitles, lineWords, uploadWords } from "./line-words.ts";
import styles from "./system-check.module.css";
import { computerWords } from "./this-computer.ts";
import { VerdictNotice } from "./verdict-notice.tsx";

const wrongCodes: Readonly<Record<Extract<ReadCode, { ok: false }>["why"], string>> = {
  "not-in-a-code": "It has a character that is in no code. Codes have digits and the letters A to Z without U.",
  "too-short": "It is too short. A code has four groups of four characters.",
  "too-long": "It is too long. A code has four groups of four characters.",
  mistyped: "At least one character is not right. Compare it with the candidate's once more.",
  "unknown-version":
    "It is of another version of the check than this page. Load the page again, or ask for a new check.",
};

/** What a code says, for who helps: the same lines, in the same words, as the candidate sees. */
export function CheckResultPage({ code }: { readonly code: string }) {
  const read = readCheckCode(code);
  return (
    <PageFrame title="Result of a system check">
      <StepHeading>Result of a system check</StepHeading>
      {read.ok ? (
        <Result result={read.result} />
      ) : (
        <ProblemNotice title="This is no whole code of a system check">{wrongCodes[read.why]}</ProblemNotice>
      )}
      <AnotherCode />
    </PageFrame>
  );
}

function Result({ result }: { readonly result: CheckResult }) {
  return (
    <>
      <Text mb="md">
        <span className={styles["code-said"]}>{checkCode(result)}</span> · {computerWords(result)} ·{" "}
        {uploadWords(result)}. The code does not say who made the check, or when.
      </Text>
      <VerdictNotice verdict={verdictOf(result.findings)} />
      <ul className={styles["rows"]}>
        {checkLines.map((line) => {
          const grade = gradeOf(line, result.findings[line]);
          return (
            <CheckRow
              key={line}
              title={lineTitles[line].title}
              purpose={lineTitles[line].about}
              state={grade ?? "waiting"}
              words={grade === null ? null : lineWords(line, result.findings[line], result)}
              detail={null}
              button={null}
            />
          );
        })}
      </ul>
    </>
  );
}

function AnotherCode() {
  const navigate = useNavigate();
  const [text, setText] = useState("");

  function show(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== "") void navigate(`/check/${encodeURIComponent(text.trim())}`);
  }

  return (
    <form onSubmit={show} className={styles["support"]}>
      <Title order={2} size="h4">
        Read a code
      </Title>
      <TextInput
        label="Code"
        description="As it was written or said: small letters and spaces do not matter."
        value={text}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" mt="sm">
        Show what it says
      </Button>
      <Text size="sm" mt="md">
        <Anchor component={Link} to="/check" underline="always">
          Check this computer
        </Anchor>
      </Text>
    </form>
  );
}
