// The revisions of MCP we serve and what each can carry. Those up to 2025-11-25 are agreed by handshake; 2026-07-28, the modern era,
// has none: every request says it.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace mcp {

enum class Revision { R2024_11_05, R2025_03_26, R2025_06_18, R2025_11_25, R2026_07_28 };

constexpr Revision newestHandshake = Revision::R2025_11_25;

std::optional<Revision> handshakeRevision(QStringView date); // "2025-06-18"
QString dateOf(Revision revision);
QStringList handshakeDates(); // oldest first
QStringList modernDates();

// Source: the change logs of the specification.
constexpr bool isModern(Revision revision) { return revision >= Revision::R2026_07_28; }
constexpr bool hasBatches(Revision revision) { return revision <= Revision::R2025_03_26; }
constexpr bool hasToolAnnotations(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasAudio(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasProgressMessage(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasCompletionsCapability(Revision revision) { return revision >= Revision::R2025_03_26; }
constexpr bool hasStructuredContent(Revision revision) { return revision >= Revision::R2025_06_18; } // also titles and outputSchema
constexpr bool hasElicitation(Revision revision) { return revision >= Revision::R2025_06_18; }

} // namespace mcp
