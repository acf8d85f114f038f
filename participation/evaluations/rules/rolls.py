"""One line of a roll that somebody brings as a table."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RollRow:
    """Who is meant: by phone, by user name, or by both. `name` is only what the file says, to be read again."""

    number: int  # the line that a spreadsheet shows
    phone: str = ""
    username: str = ""
    name: str = ""
    cells: dict[str, str] = field(default_factory=dict)  # D7 and so on, by what stands there

    @property
    def place(self) -> str:
        """The cell that a complaint about the person points to."""
        return self.cells.get("phone" if self.phone else "username", "")
