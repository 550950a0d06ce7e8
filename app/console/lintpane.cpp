#include "app/console/lintpane.h"

#include "app/look/metrics.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"
#include "mcp/protocol/portability.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QStandardItemModel>
#include <QVBoxLayout>

using conductor::harmless;

namespace app {

LintPane::LintPane(QWidget *parent)
    : QWidget(parent)
    , m_summary(new QLabel)
    , m_findings(new QStandardItemModel(0, 3, this))
    , m_table(new Table(tr("Findings about the tools")))
{
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_findings->setHorizontalHeaderLabels({tr("Tool"), tr("Rule"), tr("Finding")});
    m_table->setModel(m_findings);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setColumnCharacters(0, 38);
    m_table->setColumnCharacters(1, 18);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::groupGap, 0, 0);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_summary);
    layout->addWidget(m_table, 1);
    show(QJsonArray());
}

void LintPane::show(const QJsonArray &tools)
{
    const std::vector<mcp::PortabilityFinding> findings = mcp::portabilityFindings(tools);
    m_findings->setRowCount(0);
    for (const mcp::PortabilityFinding &finding : findings)
        m_findings->appendRow({new QStandardItem(finding.tool.isEmpty() ? tr("All together") : harmless(finding.tool, 100)), new QStandardItem(finding.rule),
                               new QStandardItem(harmless(finding.message, 300))});
    m_table->setVisible(!findings.empty());
    layout()->setAlignment(m_summary, findings.empty() ? Qt::AlignTop : Qt::Alignment());
    const QString count = QLocale().toString(tools.size());
    if (tools.isEmpty())
        m_summary->setText(tr("The tools are looked at as soon as the server has named them."));
    else if (findings.empty())
        m_summary->setText(tr("All %1 tools are fine: names, descriptions, schemas and size are as the strictest of the AI clients want them.").arg(count));
    else
        m_summary->setText(tr("%1 tools, findings: %2. Some AI clients refuse or misread what is listed here.").arg(count, QLocale().toString(qulonglong(findings.size()))));
}

} // namespace app
