#include "app/profiles/probeview.h"

#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/profiles/checklist.h"
#include "app/widgets/buttons.h"
#include "conductor/base/hostile.h"

#include <QAccessible>
#include <QLabel>
#include <QVBoxLayout>

namespace app {

ProbeView::ProbeView(QWidget *parent)
    : QWidget(parent)
    , m_headline(new QLabel)
    , m_checks(new CheckList)
    , m_suggestion(button({}))
{
    setTextStyle(*m_headline, TextStyle::Strong);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_headline);
    layout->addWidget(m_suggestion, 0, Qt::AlignLeft);
    layout->addWidget(m_checks);
    connect(m_suggestion, &QPushButton::clicked, this, [this] { Q_EMIT suggestionTaken(m_address); });
    hide();
}

void ProbeView::show(const conductor::ProbeReport &report)
{
    m_address = report.suggestion;
    m_headline->setText(headline(report));
    m_checks->show(checkLines(report));
    m_suggestion->setVisible(!m_address.isEmpty());
    m_suggestion->setText(tr("Use %1").arg(conductor::harmless(m_address.toDisplayString(), 60)));
    m_suggestion->setToolTip(tr("This address was tried and answers"));
    setAccessibleName(m_headline->text());
    setVisible(true);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void ProbeView::forget()
{
    hide();
}

} // namespace app
