// Which calls are shown: by client, server, tool, outcome and age. The activity page owns it; the text is its search box.
#pragma once

#include "mcp/audit/store.h"

#include <QWidget>

class QComboBox;

namespace app {

class ActivityFilters : public QWidget
{
    Q_OBJECT

public:
    explicit ActivityFilters(QWidget *parent = nullptr);

    void offer(const mcp::AuditNames &names); // what is chosen stays, also when it does not occur any more

    mcp::AuditQuery query(const QDateTime &now) const;
    bool isSet() const;
    void clear();

Q_SIGNALS:
    void changed();

private:
    QComboBox *addChoice(const QString &accessibleName, const QString &all);
    void offer(QComboBox &choice, const QStringList &values);

    QComboBox *m_client;
    QComboBox *m_server;
    QComboBox *m_tool;
    QComboBox *m_outcome;
    QComboBox *m_age;
};

} // namespace app
