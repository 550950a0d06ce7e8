#include "app/console/offerpane.h"

#include "app/console/argumentform.h"
#include "app/console/resultpane.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/widgets/buttons.h"
#include "app/widgets/celldelegate.h"
#include "app/widgets/elidedlabel.h"
#include "app/widgets/table.h"
#include "conductor/base/hostile.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSplitter>
#include <QTimer>
#include <QVBoxLayout>

using conductor::harmless;
using What = app::OfferModel::What;

namespace app {
namespace {

constexpr std::chrono::milliseconds typingPause{250};

QString listName(What what)
{
    return what == What::Tools ? OfferPane::tr("Tools of the server") : what == What::Resources ? OfferPane::tr("Resources of the server") : OfferPane::tr("Prompts of the server");
}

QString verb(What what)
{
    return what == What::Tools ? OfferPane::tr("Call") : what == What::Resources ? OfferPane::tr("Read") : OfferPane::tr("Get");
}

} // namespace

OfferPane::OfferPane(What what, QWidget *parent)
    : QWidget(parent)
    , m_what(what)
    , m_model(new OfferModel(what, this))
    , m_table(new Table(listName(what)))
    , m_title(new ElidedLabel(TextStyle::Section))
    , m_description(new QLabel)
    , m_switch(new QCheckBox(tr("Offered to AI clients of this server")))
    , m_form(new ArgumentForm)
    , m_call(button(verb(what), ButtonKind::Primary))
    , m_cancel(button(tr("Cancel the call")))
    , m_json(button(tr("As JSON"), ButtonKind::Quiet))
    , m_watch(button(tr("Watch")))
    , m_right(new QWidget)
    , m_nothing(new QLabel(what == What::Tools ? tr("Select a tool to call it.") : what == What::Resources ? tr("Select a resource to read it.") : tr("Select a prompt to get it.")))
    , m_result(new ResultPane)
    , m_pause(new QTimer(this))
{
    m_table->setModel(m_model);
    m_table->setItemDelegate(new CellDelegate(TextStyle::Base, Qt::ElideRight, m_table));
    m_table->setSelectionMode(Table::SingleSelection);
    buildColumns();
    setTextStyle(*m_nothing, TextStyle::Hint);
    m_nothing->setAlignment(Qt::AlignCenter);
    auto *column = new QVBoxLayout(m_right);
    column->setContentsMargins(0, 0, 0, 0);
    auto *vertical = new QSplitter(Qt::Vertical);
    vertical->setChildrenCollapsible(false);
    vertical->addWidget(buildForm());
    vertical->addWidget(m_result);
    vertical->setSizes({1200, 1000});
    column->addWidget(vertical);
    auto *rightPlace = new QWidget;
    auto *right = new QVBoxLayout(rightPlace);
    right->setContentsMargins(Metrics::groupGap, 0, 0, 0);
    right->addWidget(m_nothing, 1);
    right->addWidget(m_right, 1);
    auto *splitter = new QSplitter(Qt::Horizontal);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_table);
    splitter->addWidget(rightPlace);
    splitter->setSizes(what == What::Tools ? QList<int>{1500, 1000} : QList<int>{1000, 1000});
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, Metrics::rowGap, 0, 0);
    layout->addWidget(splitter);

    m_pause->setSingleShot(true);
    m_pause->setInterval(typingPause);
    connect(m_pause, &QTimer::timeout, this, [this] {
        if (const Offered *offered = selected())
            Q_EMIT completionWanted(*offered, m_typedArgument, m_form->texts()[m_typedArgument].toString(), m_form->texts());
    });
    connect(m_form, &ArgumentForm::typedIn, this, [this](const QString &name) {
        m_typedArgument = name;
        if (m_what != What::Tools && m_ready)
            m_pause->start();
    });
    connect(m_form, &ArgumentForm::entered, this, &OfferPane::call);
    connect(m_form, &ArgumentForm::modeChanged, this, [this] { m_json->setText(m_form->isJson() ? tr("As a form") : tr("As JSON")); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &OfferPane::showSelected);
    connect(m_table, &Table::chosen, m_form, [this] { m_form->nextInFocusChain()->setFocus(Qt::TabFocusReason); });
    connect(m_call, &QPushButton::clicked, this, &OfferPane::call);
    connect(m_cancel, &QPushButton::clicked, this, &OfferPane::cancelled);
    connect(m_json, &QPushButton::clicked, this, [this] { m_form->setJson(!m_form->isJson()); });
    connect(m_watch, &QPushButton::clicked, this, &OfferPane::watch);
    connect(m_switch, &QCheckBox::toggled, this, [this](bool on) {
        if (const Offered *offered = selected())
            Q_EMIT switched(offered->name, on);
    });
    showSelected();
}

QWidget *OfferPane::buildForm()
{
    m_description->setTextFormat(Qt::PlainText);
    m_description->setWordWrap(true);
    setTextStyle(*m_description, TextStyle::Hint);
    m_switch->setToolTip(tr("Written to the profile of the server; sessions that begin from then on have it"));
    m_watch->setToolTip(tr("The server says when it has changed, and it is read again"));
    auto *content = new QWidget;
    content->setBackgroundRole(QPalette::Base);
    content->setMaximumWidth(Metrics::formWidth);
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, Metrics::rowGap, Metrics::rowGap);
    column->setSpacing(Metrics::rowGap);
    column->addWidget(m_description);
    column->addWidget(m_switch);
    column->addWidget(m_form, 1);
    auto *scroll = new QScrollArea;
    scroll->setWidget(content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(Metrics::rowGap);
    for (QPushButton *one : {m_call, m_cancel, m_watch, m_json})
        buttons->addWidget(one);
    buttons->addStretch();
    auto *place = new QWidget;
    auto *layout = new QVBoxLayout(place);
    layout->setContentsMargins(0, 0, 0, Metrics::rowGap);
    layout->setSpacing(Metrics::rowGap);
    layout->addWidget(m_title);
    layout->addWidget(scroll, 1);
    layout->addLayout(buttons);
    return place;
}

void OfferPane::buildColumns()
{
    const auto wide = [this](int column, int characters) {
        if (column < m_model->columnCount())
            m_table->setColumnCharacters(column, characters);
    };
    wide(OfferModel::Name, m_what == What::Resources ? 22 : 31);
    wide(OfferModel::Group, m_what == What::Resources ? 40 : 10);
    wide(OfferModel::Effect, 9);
    wide(OfferModel::Bytes, 7);
    wide(OfferModel::Tokens, 9);
}

void OfferPane::show(std::vector<Offered> offered)
{
    m_table->rememberPlace();
    m_model->show(std::move(offered));
    m_table->returnToPlace();
    showSelected();
}

const Offered *OfferPane::selected() const
{
    const QModelIndexList rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? nullptr : &m_model->rows()[size_t(rows.first().row())];
}

bool OfferPane::select(const QString &name, const QJsonObject &arguments)
{
    const int row = m_model->rowOf(name);
    if (row < 0)
        return false;
    m_table->setCurrentIndex(m_model->index(row, 0));
    m_form->fill(arguments);
    return true;
}

void OfferPane::showSelected()
{
    const Offered *offered = selected();
    m_right->setVisible(offered);
    m_nothing->setVisible(!offered);
    if (!offered) {
        m_shown.clear();
        return;
    }
    m_title->setText(harmless(offered->title.isEmpty() ? offered->name : offered->title, 120));
    m_description->setText(harmless(offered->description, 1000));
    m_description->setVisible(!offered->description.isEmpty());
    {
        const QSignalBlocker quiet(m_switch);
        m_switch->setChecked(offered->on);
    }
    if (m_shown != offered->name) {
        m_shown = offered->name;
        m_form->show(offered->schema);
        if (!m_running)
            m_result->clear();
    }
    updateButtons();
}

void OfferPane::setReady(bool ready)
{
    m_ready = ready;
    updateButtons();
}

void OfferPane::setRunning(bool running)
{
    m_running = running;
    updateButtons();
}

void OfferPane::setWatched(const QStringList &addresses)
{
    m_watched = addresses;
    updateButtons();
}

void OfferPane::setSwitchable(bool switchable)
{
    m_switchable = switchable;
    updateButtons();
}

void OfferPane::updateButtons()
{
    const Offered *offered = selected();
    m_call->setEnabled(m_ready && !m_running && offered && offered->isThere);
    m_call->setToolTip(offered && !offered->isThere ? tr("This session does not have it: it is switched off for the server, or the session is older than the switch") : QString());
    m_cancel->setVisible(m_running);
    m_switch->setVisible(m_what == What::Tools && m_switchable);
    m_watch->setVisible(m_what == What::Resources);
    m_watch->setEnabled(m_ready);
    m_watch->setText(offered && m_watched.contains(address()) ? tr("Watch no more") : tr("Watch"));
}

QString OfferPane::address() const
{
    const Offered *offered = selected();
    return offered ? addressOf(*offered, m_form->texts()) : QString();
}

void OfferPane::call()
{
    const Offered *offered = selected();
    if (!offered || !m_call->isEnabled())
        return;
    if (const conductor::Result<QJsonObject> arguments = m_form->arguments())
        Q_EMIT called(*offered, *arguments);
}

void OfferPane::watch()
{
    const Offered *offered = selected();
    if (!offered)
        return;
    if (const conductor::Result<QJsonObject> arguments = m_form->arguments()) {
        const QString address = addressOf(*offered, *arguments);
        Q_EMIT watchWanted(address, !m_watched.contains(address));
    }
}

void OfferPane::offerCompletions(const QString &argument, const QStringList &values)
{
    m_form->offer(argument, values);
}

void OfferPane::focusContent()
{
    m_table->setFocus(Qt::OtherFocusReason);
}

} // namespace app
