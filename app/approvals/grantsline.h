// What is allowed without asking for a while, with the time that is left, and a button that ends it all. Hidden while nothing is.
// The inbox page owns it.
#pragma once

#include "app/core/clock.h"
#include "mcp/host/approvals.h"

#include <QWidget>

class QLabel;

namespace app {

class GrantsLine : public QWidget
{
    Q_OBJECT

public:
    explicit GrantsLine(Clock clock, QWidget *parent = nullptr);

    void show(const QList<mcp::Approvals::Grant> &grants);
    using QWidget::show;
    void tick(); // time has passed

Q_SIGNALS:
    void endRequested();

private:
    Clock m_clock;
    QList<mcp::Approvals::Grant> m_grants;
    QLabel *m_text;
};

} // namespace app
