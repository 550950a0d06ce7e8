#include "app/definitions/historyview.h"

#include "app/definitions/diffview.h"
#include "app/definitions/historymodel.h"
#include "app/definitions/startertext.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/placement.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QVBoxLayout>

using conductor::Result;

namespace app {
namespace {

constexpr int shownRows = 6;

} // namespace

HistoryView::HistoryView(QWidget *parent)
    : QWidget(parent)
    , m_model(new HistoryModel(this))
    , m_title(new QLabel)
    , m_sentence(new QLabel)
    , m_message(new MessageBar)
    , m_table(new Table(tr("Earlier definitions")))
    , m_diff(new DiffView(tr("Differences to the server now")))
    , m_cancel(button(tr("Back to the text")))
    , m_restore(button(tr("Restore into the editor"), ButtonKind::Primary))
{
    build();
    m_restore->setToolTip(tr("Nothing is stored before you save"));
    connect(m_cancel, &QPushButton::clicked, this, &HistoryView::cancelled);
    connect(m_restore, &QPushButton::clicked, this, [this] { Q_EMIT restored(m_text); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &index) { select(index.row()); });
}

void HistoryView::build()
{
    setTextStyle(*m_title, TextStyle::Section);
    for (QLabel *label : {m_title, m_sentence}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(true);
    }
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setColumnCharacters(HistoryModel::Replaced, 28);
    m_table->setColumnCharacters(HistoryModel::Version, 14);

    auto *place = new QVBoxLayout; // its rows begin under the title
    place->setContentsMargins(Metrics::pageMargin - CellDelegate::padding, 0, 0, Metrics::rowGap);
    place->addWidget(m_table);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(Metrics::pageMargin, Metrics::rowGap, Metrics::pageMargin, Metrics::rowGap);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    buttons->addWidget(m_restore);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(reviewHead(m_title, m_sentence, m_message));
    layout->addLayout(place);
    layout->addWidget(m_diff, 1);
    layout->addStretch(0);
    layout->addLayout(buttons);
}

void HistoryView::show(const conductor::DefinitionHistory &history, const OpenedDefinition &opened)
{
    m_history = std::make_unique<conductor::DefinitionHistory>(history);
    m_opened = opened;
    m_message->close();
    m_title->setText(tr("History of %1").arg(conductor::harmless(opened.name, 80)));
    m_model->show(history.of(opened.name));
    const int rows = m_model->rowCount();
    for (QWidget *widget : {static_cast<QWidget *>(m_table), static_cast<QWidget *>(m_diff), static_cast<QWidget *>(m_restore)})
        widget->setVisible(rows > 0);
    m_table->setFixedHeight(m_table->header()->sizeHint().height() + std::min(rows, shownRows) * Metrics::tableRow(Density::Comfortable) + Metrics::unit);
    m_table->setCurrentIndex(m_model->index(0, 0));
    select(rows > 0 ? 0 : -1);
    if (rows > 0)
        m_table->setFocus(Qt::OtherFocusReason);
    else
        m_cancel->setFocus(Qt::OtherFocusReason);
}

void HistoryView::select(int row)
{
    m_text.clear();
    m_restore->setEnabled(false);
    m_message->close();
    if (row < 0 || row >= m_model->rowCount()) {
        m_sentence->setText(tr("Nothing was replaced yet. What a save in this window or an AI client replaces on this server is kept here, "
                               "the newest %1 of each version.").arg(conductor::DefinitionHistory::most));
        return;
    }
    const Result<QJsonObject> earlier = m_history->read(m_model->rows()[size_t(row)]);
    if (!earlier) {
        m_sentence->clear();
        m_diff->show({}, {});
        m_message->sayError(tr("It could not be read: %1").arg(conductor::harmless(earlier.error().message, 200)), earlier.error());
        return;
    }
    m_text = editedText(*earlier);
    m_diff->show(m_text, m_opened.text);
    m_sentence->setText(tr("From there to version %1 as the server has it now: %2.")
                            .arg(QString::number(m_opened.version), conductor::sentence(conductor::structuralDiff(*earlier, m_opened.definition->json))));
    m_restore->setEnabled(true);
}

} // namespace app
