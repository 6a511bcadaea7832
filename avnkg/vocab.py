"""Every IRI that the code uses, once.

`AVN` holds the ontology's names, `THING` the data's. A name that a claim uses is not here but in the ontology:
the code knows the model, not the medicine.
"""

AVN = "https://w3id.org/avnkg/ontology#"
THING = "https://w3id.org/avnkg/"
ONTOLOGY = "https://w3id.org/avnkg/ontology"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"
NP = "http://www.nanopub.org/nschema#"

PREFIXES = {
    "avn": AVN,
    "rdf": RDF,
    "rdfs": RDFS,
    "owl": OWL,
    "xsd": XSD,
    "skos": SKOS,
    "dcterms": DCTERMS,
    "prov": PROV,
    "oa": OA,
}
"""The prefixes of query files and exports. The data's own prefixes are `document:` and so on in prefixes.ttl."""

TYPE = RDF + "type"
FIRST = RDF + "first"
REST = RDF + "rest"
NIL = RDF + "nil"
LABEL = RDFS + "label"
SUBCLASS = RDFS + "subClassOf"
SUBPROPERTY = RDFS + "subPropertyOf"
CLASS = OWL + "Class"
NAMED_INDIVIDUAL = OWL + "NamedIndividual"
EQUIVALENT_CLASS = OWL + "equivalentClass"
INTERSECTION = OWL + "intersectionOf"
ON_PROPERTY = OWL + "onProperty"
HAS_VALUE = OWL + "hasValue"
INVERSE = OWL + "inverseOf"
SYMMETRIC = OWL + "SymmetricProperty"
DISJOINT_WITH = OWL + "disjointWith"
DISJOINT_PROPERTY = OWL + "propertyDisjointWith"
ALL_DISJOINT = OWL + "AllDisjointClasses"
MEMBERS = OWL + "members"
DENIAL = OWL + "NegativePropertyAssertion"
SOURCE_INDIVIDUAL = OWL + "sourceIndividual"
ASSERTION_PROPERTY = OWL + "assertionProperty"
TARGET_INDIVIDUAL = OWL + "targetIndividual"
TARGET_VALUE = OWL + "targetValue"
ALT_LABEL = SKOS + "altLabel"
DEFINITION = SKOS + "definition"
XSD_INTEGER = XSD + "integer"
XSD_DECIMAL = XSD + "decimal"
XSD_BOOLEAN = XSD + "boolean"
XSD_DOUBLE = XSD + "double"
XSD_DATE = XSD + "date"

# The model's classes
CLAIM = AVN + "Claim"
WITHDRAWN_CLAIM = AVN + "WithdrawnClaim"
DOCUMENT = AVN + "Document"
PASSAGE = AVN + "Passage"
PROPOSITION = AVN + "Proposition"
SCOPE = AVN + "Scope"
SCOPE_CONDITION = AVN + "ScopeCondition"
FREQUENCY = AVN + "Frequency"
QUANTITY = AVN + "Quantity"
RESIDUAL = AVN + "Residual"
AGENT = AVN + "Agent"
HEDGE = AVN + "Hedge"
RELATION = AVN + "Relation"
DISPUTE = AVN + "Dispute"
SIDE = AVN + "Side"
AXIS = AVN + "Axis"

# How claims lie to each other
VERDICT = AVN + "verdict"
FIRST_SIDE = AVN + "firstSide"
SECOND_SIDE = AVN + "secondSide"
CONTEST_NUMBER = AVN + "contestNumber"
CONTESTED_IN = AVN + "contestedIn"
DECIDED_BY = AVN + "decidedBy"
NARROWED_BY = AVN + "narrowedBy"
ASSUMES = AVN + "assumes"
ISSUE = AVN + "issue"
RULE = AVN + "rule"
VOICES = AVN + "voices"
ACROSS_VOICES = AVN + "acrossVoices"
CLASH = AVN + "clash"
STRAIN = AVN + "strain"
COMMON_GROUND = AVN + "commonGround"
DISSOLVED = AVN + "dissolved"
SIDE_OF = AVN + "sideOf"
SIDE_CLAIM = AVN + "sideClaim"
ORDER = AVN + "order"
VERDICTS = {
    "ScopeDifference": AVN + "ScopeDifference",
    "Qualification": AVN + "Qualification",
    "Tension": AVN + "Tension",
    "Rival": AVN + "Rival",
    "Contradiction": AVN + "Contradiction",
    "Parallel": AVN + "Parallel",
    "Refinement": AVN + "Refinement",
    "Agreement": AVN + "Agreement",
}
RESPECTS = {
    "subject": AVN + "SubjectRespect",
    "predicate": AVN + "PredicateRespect",
    "object": AVN + "ObjectRespect",
    "countedOver": AVN + "CountedOverRespect",
}

# What kind of predicate a claim uses
RELATES_TO = AVN + "relatesTo"
COMPARES_WITH = AVN + "comparesWith"
AMOUNTS_TO = AVN + "amountsTo"
NAMED_BY_WORDS = AVN + "namedByWords"

# How answers compete, and how advice is written
BARE_MEANS = AVN + "bareMeans"
ONE_ANSWER = AVN + "oneAnswer"
DISJOINT_ANSWERS = AVN + "DisjointAnswers"
IS_KIND_OF = AVN + "isKindOf"
REACHES_PARTS = AVN + "reachesParts"
PRESUMES = AVN + "presumes"
SINGLES_OUT = AVN + "singlesOut"
RELATIVE_TO_SPEAKER = AVN + "relativeToSpeaker"
PART_OF = AVN + "partOf"
COMPLEMENT_OF = AVN + "complementOf"
SURELY_COVERS = AVN + "surelyCovers"
POSSIBLY_COVERS = AVN + "possiblyCovers"
WRITTEN_AS = AVN + "writtenAs"
ON_AXIS = AVN + "onAxis"
AXIS_KEY = AVN + "axisKey"
AXIS_RANGE = AVN + "axisRange"
AS_REQUIREMENT = AVN + "asRequirement"
AS_PROHIBITION = AVN + "asProhibition"
AS_RECOMMENDATION = AVN + "asRecommendation"
AS_ADVICE_AGAINST = AVN + "asAdviceAgainst"
AS_PERMISSION = AVN + "asPermission"
REQUIRES = AVN + "requires"
PROHIBITS = AVN + "prohibits"
RECOMMENDS = AVN + "recommends"
ADVISES_AGAINST = AVN + "advisesAgainst"
PERMITS = AVN + "permits"

# The model's properties
IN_DOCUMENT = AVN + "document"
HAS_PASSAGE = AVN + "passage"
HAS_PROPOSITION = AVN + "proposition"
STANCE = AVN + "stance"
FORCE = AVN + "force"
MANNER = AVN + "manner"
BASIS = AVN + "basis"
HAS_FREQUENCY = AVN + "frequency"
HAS_QUANTITY = AVN + "quantity"
HAS_DEGREE = AVN + "degree"
HAS_SCOPE = AVN + "scope"
CONDITION = AVN + "condition"
ON = AVN + "axis"
VALUE = AVN + "value"
STANDING = AVN + "standing"
VERIFICATION = AVN + "verification"
SUBJECT = AVN + "subject"
PREDICATE = AVN + "predicate"
OBJECT = AVN + "object"
COMPARATOR = AVN + "comparator"
ENDPOINT = AVN + "endpoint"
BROADER = AVN + "broader"
EXCLUDES = AVN + "excludes"
COUNTED_OVER = AVN + "countedOver"
READ_AS = AVN + "hedge"
DOCUMENT_KIND = AVN + "documentKind"
COPYING = AVN + "copying"
SELLS = AVN + "sells"
SPEAKER = AVN + "speaker"
REVIEWER = AVN + "reviewer"
ASSERTION_GRAPH = AVN + "assertionGraph"
SAYS = AVN + "says"
QUOTE = AVN + "quote"
APPEAL = AVN + "appeal"
NOTE = AVN + "note"
NUMBER = AVN + "number"
UNDER_CONDITIONS = AVN + "underConditions"
PRINTED = AVN + "printed"
DEGREE_PRINTED = AVN + "degreePrinted"
FREQUENCY_PRINTED = AVN + "frequencyPrinted"
SCOPE_TOLD = AVN + "scopeTold"
QUANTITY_PRINTED = AVN + "quantityPrinted"
LOW = AVN + "low"
HIGH = AVN + "high"
LOW_OPEN = AVN + "lowOpen"
HIGH_OPEN = AVN + "highOpen"
UNIT = AVN + "unit"
MEASURES = AVN + "measures"
AMOUNT_BASIS = AVN + "amountBasis"
TIME_RELATION = AVN + "timeRelation"
WITHDRAWN = AVN + "withdrawn"
SHA256 = AVN + "sha256"
PREFIX_HASH = AVN + "prefixHash"
SUFFIX_HASH = AVN + "suffixHash"
LENGTH = AVN + "length"
HEADING = AVN + "heading"
INTEREST = AVN + "interest"

# Values of closed lists: what stands in a file, and its individual
STANCES = {"affirms": AVN + "Affirms", "denies": AVN + "Denies"}
FORCES = {
    "defines": AVN + "Defines",
    "asserts": AVN + "Asserts",
    "describes": AVN + "Describes",
    "recommends": AVN + "Recommends",
    "requires": AVN + "Requires",
    "permits": AVN + "Permits",
    "aims": AVN + "Aims",
    "reports": AVN + "Reports",
    "recounts": AVN + "Recounts",
    "advertises": AVN + "Advertises",
}
MANNERS = {"stated": AVN + "Stated", "presupposed": AVN + "Presupposed"}
BASES = {
    "untraceable": AVN + "UntraceableStatement",
    "traceable": AVN + "TraceableStatement",
    "procedure": AVN + "ProcedureDescription",
    "case": AVN + "SingleCase",
    "price-list": AVN + "PriceListEntry",
    "legal-notice": AVN + "LegalNotice",
}
STANDINGS = {
    "stated": AVN + "StatedValue",
    "inherited": AVN + "InheritedValue",
    "definitional": AVN + "DefinitionalValue",
}
VERIFICATIONS = {"anchored": AVN + "Anchored", "fingerprinted": AVN + "Fingerprinted"}
DOCUMENT_KINDS = {
    "patient-guide": AVN + "PatientGuide",
    "clinic-blog": AVN + "ClinicBlog",
    "government-information": AVN + "GovernmentInformation",
    "research-article": AVN + "ResearchArticle",
    "guideline": AVN + "Guideline",
    "news": AVN + "News",
    "other": AVN + "OtherKind",
}
COPYINGS = {"restricted": AVN + "RestrictedCopying", "free": AVN + "FreeCopying"}

# Words of other vocabularies that the data use
DERIVED_FROM = PROV + "wasDerivedFrom"
QUOTED_FROM = PROV + "wasQuotedFrom"
ATTRIBUTED_TO = PROV + "wasAttributedTo"
GENERATED_BY = PROV + "wasGeneratedBy"
ACTIVITY = PROV + "Activity"
ENTITY = PROV + "Entity"
USED = PROV + "used"
REVISION_OF = PROV + "wasRevisionOf"
TITLE = DCTERMS + "title"
PUBLISHER = DCTERMS + "publisher"
CREATOR = DCTERMS + "creator"
CREATED = DCTERMS + "issued"
MODIFIED = DCTERMS + "modified"
LANGUAGE = DCTERMS + "language"
LICENCE = DCTERMS + "license"
RIGHTS = DCTERMS + "rights"
PROVENANCE = DCTERMS + "provenance"
REFERENCES = DCTERMS + "references"
REPLACES = DCTERMS + "replaces"
SOURCE = DCTERMS + "source"
IDENTIFIER = DCTERMS + "identifier"
SPECIFIC_RESOURCE = OA + "SpecificResource"
HAS_SOURCE = OA + "hasSource"
HAS_SELECTOR = OA + "hasSelector"
QUOTE_SELECTOR = OA + "TextQuoteSelector"
POSITION_SELECTOR = OA + "TextPositionSelector"
EXACT = OA + "exact"
START = OA + "start"
END = OA + "end"
