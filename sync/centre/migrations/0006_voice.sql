-- The citizen's voice: what stands in the books of feedback, what people wrote on the public page, surveys and campaigns.
-- feedback and survey_answer are folded from records like the tables of 0003; the others are the centre's own.

CREATE TABLE feedback (
    unit           text NOT NULL,
    feedback       text NOT NULL,
    code           text NOT NULL DEFAULT '',
    slip_code      text NOT NULL DEFAULT '',
    channel        text NOT NULL DEFAULT '',
    class          text NOT NULL DEFAULT '',
    class_at       timestamp,                     -- local times of Vietnam
    text_id        text NOT NULL DEFAULT '',      -- subjects: what was said, what was made public
    publication    text NOT NULL DEFAULT '',
    received_at    timestamp,
    transfer_by    date,
    answer_by      date,
    extended_to    date,
    to_agency      text NOT NULL DEFAULT '',
    transferred_at timestamp,
    answered_at    timestamp,
    refused_at     timestamp,
    published_at   timestamp,
    information_at timestamp,
    PRIMARY KEY (unit, feedback)
);
CREATE INDEX feedback_received ON feedback (unit, received_at);
CREATE INDEX feedback_slip ON feedback (unit, slip_code) WHERE slip_code <> '';

CREATE TABLE survey_answer (
    unit    text NOT NULL,
    station uuid NOT NULL,
    line    bigint NOT NULL,
    seq     bigint NOT NULL,
    form    text NOT NULL,
    day     date NOT NULL,
    score   int NOT NULL,
    answers jsonb NOT NULL,
    PRIMARY KEY (unit, station, line, seq)
);
CREATE INDEX survey_answer_form ON survey_answer (unit, form, day);

-- number: the office's code and ten digits of chance, what the sender may ask with. What was taken in at a desk keeps
-- no word here: it stands in the office's book from then on.
ALTER TABLE public_feedback ADD COLUMN number text;
ALTER TABLE public_feedback ADD COLUMN email text NOT NULL DEFAULT '';
ALTER TABLE public_feedback ADD COLUMN secret boolean NOT NULL DEFAULT false;
ALTER TABLE public_feedback ADD COLUMN outcome text NOT NULL DEFAULT '';
ALTER TABLE public_feedback ADD COLUMN taken_as text NOT NULL DEFAULT '';
UPDATE public_feedback SET number = unit || upper(left(feedback::text, 8));
ALTER TABLE public_feedback ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX public_feedback_number ON public_feedback (unit, number);
INSERT INTO outfeed (unit, event, kind, body, at)
SELECT unit, gen_random_uuid(), 'public_feedback', jsonb_build_object('id', feedback), at
FROM public_feedback WHERE taken_at IS NULL;

-- What this level answers to a feedback that was transferred to it.
CREATE TABLE feedback_reply (
    unit     text NOT NULL,
    feedback text NOT NULL,
    text     text NOT NULL,
    number   text NOT NULL,
    account  text NOT NULL,
    at       timestamptz NOT NULL,
    PRIMARY KEY (unit, feedback)
);

CREATE TABLE campaign (
    unit     text NOT NULL,
    campaign uuid NOT NULL,
    title    text NOT NULL,
    form     jsonb NOT NULL,                      -- the questions as data, with the id that every answer names
    first    date NOT NULL,
    last     date NOT NULL,
    target   int NOT NULL,
    account  text NOT NULL,
    at       timestamptz NOT NULL,
    ended_at timestamptz,
    PRIMARY KEY (unit, campaign)
);
