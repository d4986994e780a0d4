import { useState } from "react";
import { type AttemptId, brand } from "#domain/exam/ids.ts";
import { keepOwnLink } from "../take-exam/own-link.ts";
import { TakeExamPage } from "../take-exam/take-exam-page.tsx";

type Place = { readonly attemptId: AttemptId | null; readonly token: string | null };

/** `/sit#<token>`, and after check-in `/sit/<attemptId>`. A token in the fragment never reaches a server's log. */
export function Component() {
  const [{ attemptId, token }, setPlace] = useState(placeInAddress);
  return (
    <TakeExamPage
      attemptId={attemptId}
      token={token}
      onCheckedIn={(id) => {
        window.history.replaceState(null, "", `/sit/${id}`);
        setPlace({ attemptId: id, token: null });
      }}
    />
  );
}

function placeInAddress(): Place {
  const id = window.location.pathname.split("/")[2];
  if (id !== undefined && id !== "") return { attemptId: brand<AttemptId>(id), token: null };
  const token = window.location.hash.slice(1);
  if (token === "") return { attemptId: null, token: null };
  keepOwnLink(window.location.href);
  return { attemptId: null, token };
}
