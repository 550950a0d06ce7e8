#include "app/widgets/jsonview.h"

#include "app/look/metrics.h"
#include "app/look/statuslook.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/jsonmodel.h"
#include "app/widgets/plaintextpane.h"

#include <QButtonGroup>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeView>

namespace app {
namespace {

constexpr int fewRows = 8; // are shown with what is in them

QString writtenOut(const QJsonValue &json)
{
    if (json.isObject())
        return QString::fromUtf8(QJsonDocument(json.toObject()).toJson());
    if (json.isArray())
        return QString::fromUtf8(QJsonDocument(json.toArray()).toJson());
    return json.isString() ? json.toString() : jsonPreview(json);
}

} // namespace

JsonView::JsonView(const QString &what, QWidget *parent)
    : QWidget(parent)
    , m_model(new JsonModel(this))
    , m_tree(new QTreeView)
    , m_text(new PlainTextPane(tr("%1, as text", "Input of the task").arg(what)))
    , m_stack(new QStackedWidget)
    , m_modes(new QButtonGroup(this))
    , m_whole(button({}, ButtonKind::Quiet))
{
    m_tree->setAccessibleName(tr("%1, as a tree", "Input of the task").arg(what));
    m_tree->setModel(m_model);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setUniformRowHeights(true);
    m_tree->setIndentation(16);
    m_tree->setItemDelegate(new CellDelegate(TextStyle::Mono, Qt::ElideRight, m_tree));
    m_tree->header()->setStretchLastSection(true);
    m_tree->setColumnWidth(JsonModel::Key, 180);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);

    auto *tree = new FilterChip({.glyph = {}, .word = tr("Tree")});
    auto *text = new FilterChip({.glyph = {}, .word = tr("Text")});
    m_modes->addButton(tree, int(Mode::Tree));
    m_modes->addButton(text, int(Mode::Text));
    tree->setChecked(true);
    auto *copy = new IconButton(u"copy", tr("Copy the JSON"));
    m_whole->hide();

    auto *line = new QHBoxLayout;
    line->setSpacing(Metrics::unit);
    line->addWidget(tree);
    line->addWidget(text);
    line->addWidget(m_whole);
    line->addStretch();
    line->addWidget(copy);
    m_stack->addWidget(m_tree);
    m_stack->addWidget(m_text);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Metrics::unit);
    layout->addLayout(line);
    layout->addWidget(m_stack, 1);

    connect(m_modes, &QButtonGroup::idClicked, this, [this](int id) { setMode(Mode(id)); });
    connect(copy, &QToolButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(writtenOut(m_json));
        Q_EMIT copied();
    });
    connect(m_whole, &QPushButton::clicked, this, [this] {
        m_text->showWhole();
        m_whole->hide();
    });
}

void JsonView::show(const QJsonValue &json)
{
    if (m_json == json)
        return;
    m_json = json;
    m_textIsCurrent = false;
    m_model->show(json);
    if (m_model->canFetchMore({}))
        m_model->fetchMore({});
    if (m_model->rowCount() <= fewRows)
        m_tree->expandToDepth(0);
    if (m_modes->checkedId() == int(Mode::Text))
        writeText();
}

void JsonView::setMode(Mode mode)
{
    m_modes->button(int(mode))->setChecked(true);
    m_stack->setCurrentIndex(int(mode));
    if (mode == Mode::Text)
        writeText();
    m_whole->setVisible(mode == Mode::Text && m_text->isCapped());
}

void JsonView::writeText()
{
    if (!m_textIsCurrent)
        m_text->show(writtenOut(m_json));
    m_textIsCurrent = true;
    m_whole->setText(tr("Show all %1").arg(QLocale().formattedDataSize(m_text->whole().size())));
    m_whole->setVisible(m_text->isCapped());
}

} // namespace app
