// What waits for the person besides calls of AI clients: one entry for each thing, put there by whoever finds it and taken away when
// it is done. The companion owns it.
#pragma once

#include <QDateTime>
#include <QObject>
#include <QString>

#include <vector>

namespace app {

struct InboxItem {
    enum class Kind { OldKey, DriftedClient };

    Kind kind = Kind::OldKey;
    QString id = {};    // unique within its kind
    QString title = {}; // translated, its foreign parts harmless
    QString detail = {};
    QString action = {}; // what the button says
    QString page = {};   // where the button leads
    QDateTime since = {};

    bool operator==(const InboxItem &) const = default;
};

class Inbox : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const std::vector<InboxItem> &items() const { return m_items; } // in the order they came

    void put(const InboxItem &item); // replaces the one of that kind and id
    void remove(InboxItem::Kind kind, const QString &id);

Q_SIGNALS:
    void changed();

private:
    std::vector<InboxItem> m_items;
};

} // namespace app
