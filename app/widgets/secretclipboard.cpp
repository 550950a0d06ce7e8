#include "app/widgets/secretclipboard.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace app {

SecretClipboard::SecretClipboard(std::chrono::milliseconds time, QObject *parent)
    : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(time);
    m_timer.callOnTimeout(this, &SecretClipboard::takeBack);
}

SecretClipboard::~SecretClipboard()
{
    takeBack();
}

void SecretClipboard::copy(const QString &secret)
{
    auto *data = new QMimeData; // the clipboard owns it
    data->setText(secret);
    data->setData(u"x-kde-passwordManagerHint"_s, "secret"); // what clipboard managers agreed upon
    QGuiApplication::clipboard()->setMimeData(data);
    m_secret = secret;
    m_timer.start();
}

void SecretClipboard::takeBack()
{
    m_timer.stop();
    const QString secret = std::exchange(m_secret, {});
    if (!secret.isEmpty() && qGuiApp && QGuiApplication::clipboard()->text() == secret)
        QGuiApplication::clipboard()->clear();
}

} // namespace app
