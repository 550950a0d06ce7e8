// The revisions of MCP we serve by handshake, and what each can carry. 2026-07-28 needs no handshake and is decided per message.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace mcp {

enum class Revision { R2024_11_05, R2025_03_26, R2025_06_18, R2025_11_25 };

constexpr Revision newestRevision = Revision::R2025_11_25;

std::optional<Revision> revisionOf(QStringView date); // "2025-06-18"
QString dateOf(Revision revision);
QStringList revisionDates(); // oldest first

// Source: the change logs of the specification.
constexpr bool hasBatches(Revision revision) { return revision <= Revision::R2025_03_26; }
constexpr bool hasToolAnnotations(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasProgressMessage(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasStructuredContent(Revision revision) { return revision >= Revision::R2025_06_18; } // also titles and outputSchema

} // namespace mcp
