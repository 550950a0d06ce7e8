#include "scenes/catalogue.h"

#include "app/core/page.h"
#include "app/look/icons.h"
#include "app/look/metrics.h"
#include "app/look/textstyle.h"
#include "app/look/trayicon.h"
#include "app/shell/serverchooser.h"
#include "app/widgets/buttons.h"
#include "app/widgets/filterchip.h"
#include "app/widgets/idlabel.h"
#include "app/widgets/jsonview.h"
#include "app/widgets/messagebar.h"
#include "app/widgets/pageheader.h"
#include "app/widgets/searchfield.h"
#include "app/widgets/statusbadge.h"
#include "app/widgets/timetext.h"
#include "app/widgets/toast.h"
#include "app/widgets/tooltips.h"
#include "app/widgets/valuelist.h"
#include "support/samples.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QMenu>
#include <QRadioButton>
#include <QSpinBox>
#include <QToolTip>

using namespace Qt::StringLiterals;

namespace scenes {
namespace {

QHBoxLayout *row(std::initializer_list<QWidget *> widgets)
{
    auto *line = new QHBoxLayout;
    for (QWidget *widget : widgets)
        line->addWidget(widget);
    line->addStretch();
    return line;
}

QLayout *badges()
{
    auto *lines = new QVBoxLayout;
    auto *line = new QHBoxLayout;
    lines->addLayout(line);
    const auto add = [&](const app::StatusLook &look) {
        auto *badge = new app::StatusBadge;
        badge->show(look);
        line->addWidget(badge);
    };
    const auto nextLine = [&] {
        line->addStretch();
        line = new QHBoxLayout;
        lines->addLayout(line);
    };
    using conductor::ExecutionStatus;
    using conductor::TaskStatus;
    for (const auto status : {ExecutionStatus::Running, ExecutionStatus::Paused, ExecutionStatus::TimedOut, ExecutionStatus::Terminated})
        add(app::statusLook(status));
    nextLine();
    for (const auto status : {TaskStatus::Scheduled, TaskStatus::Completed, TaskStatus::CompletedWithErrors, TaskStatus::Skipped, TaskStatus::Failed,
                              TaskStatus::FailedWithTerminalError, TaskStatus::Canceled})
        add(app::statusLook(status));
    add(app::waitsForYou(u"Waits for you"_s));
    line->addStretch();
    return lines;
}

QHBoxLayout *trayShapes()
{
    auto *line = new QHBoxLayout;
    for (const bool onDark : {false, true}) {
        auto *panel = new QWidget;
        panel->setAutoFillBackground(true);
        panel->setStyleSheet(onDark ? u"background: #2b2d31"_s : u"background: #e8eaed"_s);
        auto *icons = new QHBoxLayout(panel);
        icons->setContentsMargins(8, 4, 8, 4);
        for (const auto shape : {app::TrayShape::Plain, app::TrayShape::Dot, app::TrayShape::Bar, app::TrayShape::Square, app::TrayShape::Cross}) {
            for (const int size : {22, 44}) {
                auto *label = new QLabel;
                label->setPixmap(app::trayIcon(shape, onDark).pixmap(QSize(size, size)));
                icons->addWidget(label);
            }
        }
        line->addWidget(panel);
    }
    auto *mark = new QLabel;
    mark->setPixmap(app::applicationIcon().pixmap(64));
    line->addWidget(mark);
    line->addStretch();
    return line;
}

app::MessageBar *message(app::MessageBar::Kind kind, const QString &text, const QString &action = {}, const QString &details = {})
{
    auto *bar = new app::MessageBar;
    bar->say(kind, text, action, details);
    return bar;
}

QWidget *gallery(Stage &stage)
{
    auto *page = new app::Page(&stage.window());
    page->setWindowFlag(Qt::Window);
    page->resize(1280, 800);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(app::Metrics::pageMargin, 0, app::Metrics::pageMargin, app::Metrics::pageMargin);
    layout->setSpacing(app::Metrics::rowGap);

    auto *header = new app::PageHeader(u"Pieces"_s);
    header->setHint(u"as pages use them"_s);
    header->setSearch(new app::SearchField(u"Search pieces"_s, u"Search"_s));
    header->addButton(new app::IconButton(u"refresh-cw", u"Refresh"_s));
    header->setPrimary(u"Start workflow"_s);
    layout->addWidget(header);

    auto *disabled = app::button(u"Not now"_s);
    disabled->setEnabled(false);
    auto *failed = new app::FilterChip(app::statusLook(conductor::ExecutionStatus::Failed));
    failed->setChecked(true);
    layout->addLayout(row({app::button(u"Save"_s, app::ButtonKind::Primary), app::button(u"Compare"_s), app::button(u"Details"_s, app::ButtonKind::Quiet), disabled,
                           new app::FilterChip(app::statusLook(conductor::ExecutionStatus::Running)), failed, new app::FilterChip({.glyph = {}, .word = u"Plain"_s})}));
    layout->addLayout(badges());
    auto *check = new QCheckBox(u"Read only"_s);
    check->setChecked(true);
    auto *radio = new QRadioButton(u"Ask each time"_s);
    radio->setChecked(true);
    auto *combo = new QComboBox;
    combo->addItems({u"local"_s, u"Payments EU"_s});
    combo->setAccessibleName(u"Server"_s);
    auto *number = new QSpinBox;
    number->setAccessibleName(u"Priority"_s);
    number->setValue(42);
    auto *off = new QCheckBox(u"Not available"_s);
    off->setEnabled(false);
    layout->addLayout(row({check, off, radio, combo, number}));
    layout->addWidget(message(app::MessageBar::Kind::Error, u"The definition was not saved: the server has a newer version."_s, u"Compare"_s, u"409"_s));
    layout->addWidget(message(app::MessageBar::Kind::Warning, u"The access key is older than 30 days."_s, u"Rotate it"_s));
    layout->addWidget(message(app::MessageBar::Kind::Success, u"Saved as version 4."_s));
    layout->addWidget(message(app::MessageBar::Kind::Info, u"Conductor 3.21 has no state request: runs are read whole."_s));
    layout->addLayout(trayShapes());

    const conductor::Execution execution = support::sampleExecution(u"f_retries.execution.json"_s);
    auto *values = new app::ValueList;
    values->show({{u"Execution"_s, execution.id, app::NamedValue::Kind::Id},
                  {u"Workflow"_s, execution.name},
                  {u"Started"_s, app::relativeTime(execution.created, sceneTime()), app::NamedValue::Kind::Text, app::exactTime(execution.created)},
                  {u"Took"_s, app::durationText(489'870)},
                  {u"Reason"_s, execution.reason}});
    auto *json = new app::JsonView(u"Input of the task"_s);
    json->show(support::sample(u"search.swarm.json"_s));
    auto *both = new QHBoxLayout;
    both->setSpacing(app::Metrics::groupGap);
    both->addWidget(values, 1);
    both->addWidget(json, 1);
    layout->addLayout(both, 1);

    page->show();
    auto *toast = new app::Toast(page);
    toast->say(u"3 runs paused"_s, u"Undo"_s);
    stage.settle();
    return page;
}

QMenu *shown(Stage &stage, QMenu *menu)
{
    menu->popup({20, 20});
    menu->setActiveAction(menu->actions().value(1));
    stage.settle();
    return menu;
}

QWidget *serverMenu(Stage &stage)
{
    stage.addServer(localServer(), SampleServer::Mood::Calm);
    stage.addServer(productionServer(), SampleServer::Mood::Calm);
    stage.open(u"executions"_s);
    return shown(stage, stage.window().findChild<app::ServerChooser *>()->menu());
}

QWidget *toolTip(Stage &stage)
{
    stage.open(u"overview"_s);
    QToolTip::showText({40, 40}, app::plainToolTip(u"Started 22 November 2026, 14:31:58.000\nEnded 22 November 2026, 14:32:07.120 <b>as written</b>"_s), &stage.window());
    stage.settle();
    const QWidgetList windows = QApplication::topLevelWidgets();
    const auto tip = std::find_if(windows.begin(), windows.end(), [](const QWidget *window) { return window->inherits("QTipLabel"); });
    return tip == windows.end() ? nullptr : *tip;
}

QWidget *trayMenu(Stage &stage)
{
    stage.addServer(localServer(), SampleServer::Mood::Calm);
    stage.addServer(productionServer(), SampleServer::Mood::Unreachable);
    stage.open(u"overview"_s);
    stage.window().actions().offerFreeze(app::Freeze::ReadOnly);
    stage.companion().tray().show({.line = u"2 AI clients, 14 calls today"_s});
    return shown(stage, &stage.companion().tray().menu());
}

} // namespace

std::vector<Scene> widgetScenes()
{
    return {{u"widgets-gallery"_s, gallery}, {u"tooltip"_s, toolTip, false}, {u"menu-servers"_s, serverMenu, false}, {u"menu-tray"_s, trayMenu, false}};
}

} // namespace scenes
