import { Button, Checkbox, Radio, TextInput } from "@mantine/core";
import type { Item, MultipleChoiceItem, Option, SingleChoiceItem } from "#domain/exam/item.ts";
import { freeOptionId } from "./draft-edit.ts";
import type { DraftMessages } from "./draft-messages.ts";
import styles from "./manage.module.css";

type ChoiceItem = SingleChoiceItem | MultipleChoiceItem;
type OptionFieldsProps = {
  readonly item: ChoiceItem;
  readonly messages: DraftMessages;
  readonly onChange: (item: Item) => void;
};

/** The options of a choice, each with its text and a mark for what is right. */
export function OptionFields({ item, messages, onChange }: OptionFieldsProps) {
  const keyFault = [...messages].find(([path]) => /^key(\[\d+\])?$/.test(path))?.[1];
  const optionsFault = messages.get("options");

  function setOptions(options: readonly Option[]) {
    onChange({ ...item, options });
  }

  return (
    <fieldset className={styles["options"]}>
      <legend>Options: mark what is right</legend>
      {item.options.map((option, index) => (
        <div key={option.id} className={styles["option"]}>
          <RightMark item={item} option={option} number={index + 1} onChange={onChange} />
          <TextInput
            className={styles["optionText"]}
            aria-label={`Text of option ${index + 1}`}
            value={option.text}
            error={messages.get(`options[${index}].text`)}
            onChange={(event) => setOptions(item.options.with(index, { ...option, text: event.currentTarget.value }))}
          />
          <Button
            variant="subtle"
            size="xs"
            disabled={item.options.length <= 2}
            aria-label={`Remove option ${index + 1}`}
            onClick={() => onChange(withoutOption(item, option.id))}
          >
            Remove
          </Button>
        </div>
      ))}
      {keyFault === undefined ? null : <p className={styles["fault"]}>{keyFault}</p>}
      {optionsFault === undefined ? null : <p className={styles["fault"]}>{optionsFault}</p>}
      <Button
        variant="default"
        size="xs"
        mt="sm"
        disabled={item.options.length >= 20}
        onClick={() => setOptions([...item.options, { id: freeOptionId(item.options), text: "" }])}
      >
        Add an option
      </Button>
      {item.kind === "multiple-choice" ? (
        <Checkbox
          mt="sm"
          label="Give part of the points for a partly right answer"
          checked={item.partialCredit}
          onChange={(event) => onChange({ ...item, partialCredit: event.currentTarget.checked })}
        />
      ) : null}
    </fieldset>
  );
}

type RightMarkProps = Omit<OptionFieldsProps, "messages"> & { readonly option: Option; readonly number: number };

function RightMark({ item, option, number, onChange }: RightMarkProps) {
  const label = `Option ${number} is right`;
  if (item.kind === "single-choice") {
    return (
      <Radio
        aria-label={label}
        name={`key-${item.id}`}
        checked={item.key === option.id}
        onChange={() => onChange({ ...item, key: option.id })}
      />
    );
  }
  return (
    <Checkbox
      aria-label={label}
      checked={item.key.includes(option.id)}
      onChange={(event) =>
        onChange({
          ...item,
          key: event.currentTarget.checked ? [...item.key, option.id] : item.key.filter((id) => id !== option.id),
        })
      }
    />
  );
}

/** The key goes with its option. */
function withoutOption(item: ChoiceItem, id: string): ChoiceItem {
  const options = item.options.filter((option) => option.id !== id);
  if (item.kind === "single-choice") return { ...item, options, key: item.key === id ? "" : item.key };
  return { ...item, options, key: item.key.filter((one) => one !== id) };
}
