"""The JSON Schema of a corpus file, made from the model, so that an editor's program completes and checks it."""

import json
from typing import Any

from avnkg.claims.entry import CorpusFile
from avnkg.claims.vocabulary import Vocabulary

FILE_NAME = "document.schema.json"


def corpus_schema(vocabulary: Vocabulary) -> dict[str, Any]:
    """Return the schema, with the names that the ontology knows as choices."""
    schema = CorpusFile.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "avnkg corpus file"
    definitions = schema["$defs"]
    claim = definitions["ClaimEntry"]["properties"]
    names = sorted(vocabulary.terms.keys() - vocabulary.model)
    definitions["Term"] = {"type": "string", "enum": names, "description": "a name of the ontology"}
    for field in ("subject", "comparator", "endpoint"):
        claim[field] = {"$ref": "#/$defs/Term"}
    claim["predicate"] = {"type": "string", "enum": sorted(vocabulary.predicates)}
    for field in ("scope", "inherited"):
        claim[field]["propertyNames"] = {"enum": sorted(vocabulary.axes)}
    return schema


def schema_text(vocabulary: Vocabulary) -> str:
    """Return the schema as the text of a file."""
    return json.dumps(corpus_schema(vocabulary), indent=1, ensure_ascii=False, sort_keys=True) + "\n"
