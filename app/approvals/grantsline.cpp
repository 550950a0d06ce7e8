#include "app/approvals/grantsline.h"

#include "app/approvals/approvaltext.h"
#include "app/look/metrics.h"
#include "app/widgets/buttons.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QLabel>

using conductor::harmless;

namespace app {
namespace {

constexpr qsizetype mostLines = 4;

} // namespace

GrantsLine::GrantsLine(Clock clock, QWidget *parent)
    : QWidget(parent)
    , m_clock(std::move(clock))
    , m_text(new QLabel)
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    auto *end = button(tr("End all"));
    end->setToolTip(tr("From now on these calls are asked about again"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(Metrics::pageMargin, 0, Metrics::pageMargin, Metrics::rowGap);
    layout->setSpacing(Metrics::groupGap);
    layout->addWidget(m_text, 1);
    layout->addWidget(end, 0, Qt::AlignTop);
    hide();
    connect(end, &QPushButton::clicked, this, &GrantsLine::endRequested);
}

void GrantsLine::show(const QList<mcp::Approvals::Grant> &grants)
{
    m_grants = grants;
    tick();
}

void GrantsLine::tick()
{
    const QDateTime now = m_clock();
    QStringList lines;
    for (const mcp::Approvals::Grant &grant : m_grants) {
        if (grant.until <= now)
            continue;
        const QString server = grant.profile.isEmpty() ? tr("the default server") : harmless(grant.profile, 60);
        lines << tr("%1 may call %2 on %3 without asking, %4 left", "a client; a tool; a server; 9 min")
                     .arg(harmless(grant.client, 60), harmless(grant.tool, 60), server, remaining(grant.until, now));
    }
    setVisible(!lines.isEmpty());
    if (lines.size() > mostLines) {
        const qsizetype more = lines.size() - (mostLines - 1);
        lines = lines.first(mostLines - 1);
        lines << tr("and %1 more").arg(more);
    }
    m_text->setText(lines.join(u'\n'));
}

} // namespace app
