// Addresses of resources with variables, as RFC 6570 writes them: {name} for a segment, {?a,b} for what may follow. Nothing else of
// it is needed here.
#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace mcp {

class UriTemplate
{
public:
    explicit UriTemplate(const QString &text);

    const QString &text() const { return m_text; }
    QStringList variables() const { return m_segments + m_queries; }
    QStringList segments() const { return m_segments; } // the variables that must have a value

    // The variables' values, decoded, when the address fits; those of the query may be missing.
    std::optional<QHash<QString, QString>> match(const QString &uri) const;

    // The address with these values; those of the query may be missing, others are left out of it.
    QString expanded(const QHash<QString, QString> &values) const;

private:
    QString m_text;
    QStringList m_segments;
    QStringList m_queries;
    QRegularExpression m_pattern; // of what stands before the query
};

} // namespace mcp
