"""An import-linter contract: one capability reaches another only through its facade, or what it lends to pages."""

from typing import Any

from importlinter import Contract, ContractCheck, fields, output

DOORS = ("facade", "pages")


class FacadeOnly(Contract):
    """Break when a module of one capability imports anything of another but its ``facade`` or its ``pages``."""

    root = fields.StringField()
    capabilities = fields.ListField(subfield=fields.StringField())

    def check(self, graph: Any, verbose: bool) -> ContractCheck:
        """Look at every direct import between capabilities."""
        reached_past = [
            (importer, target)
            for importer in sorted(graph.modules)
            if self._capability(importer)
            for target in sorted(graph.find_modules_directly_imported_by(importer))
            if self._is_inside_another(importer, target)
        ]
        return ContractCheck(kept=not reached_past, metadata={"reached_past": reached_past})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Name each import that went past a facade."""
        for importer, target in check.metadata["reached_past"]:
            output.print_error(f"{importer} reaches past a facade into {target}")

    def _capability(self, module: str) -> str | None:
        name = module.removeprefix(f"{self.root}.").split(".")[0]
        return name if name in self.capabilities else None

    def _is_inside_another(self, importer: str, target: str) -> bool:
        owner = self._capability(target)
        return (
            bool(owner)
            and owner != self._capability(importer)
            and target not in [f"{self.root}.{owner}.{door}" for door in DOORS]
        )
